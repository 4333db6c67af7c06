using System.CommandLine;
using NodaTime;
using OnBehalf.Engine;

namespace OnBehalf.Cli.Options;

/// <summary><c>--zone</c>: the time zone in which days begin and times are shown.</summary>
static class ZoneOption
{
    public static Option<string> Create() => new("--zone", "-z")
    {
        Description = "IANA time zone in which days begin and times are shown.",
        DefaultValueFactory = _ => "UTC",
    };

    public static DateTimeZone Read(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
        ?? throw new Mistake("invalid", $"--zone {name}: there is no such zone. Names are those of the IANA database, as Europe/Prague.");
}
