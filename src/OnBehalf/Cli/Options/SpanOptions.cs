using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine;

namespace OnBehalf.Cli.Options;

/// <summary>The span that an export of the audit log was asked for; both ends or none.</summary>
sealed class SpanOptions
{
    readonly Option<string?> _from = new("--from") { Description = "From when on the export was asked for, as 2025-03-03T08:00:00Z." };
    readonly Option<string?> _to = new("--to") { Description = "Until when, without that instant." };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_to);
    }

    /// <summary>The span; null when none was named.</summary>
    /// <exception cref="Mistake">invalid: one end only, no instants, or the wrong way round.</exception>
    public Interval? Read(ParseResult parsed)
    {
        var (from, to) = (At(parsed, _from), At(parsed, _to));
        return (from, to) switch
        {
            (null, null) => null,
            ({ } start, { } end) when start < end => new Interval(start, end),
            _ => throw new Mistake("invalid", "--from and --to belong together, and --from comes first."),
        };
    }

    static Instant? At(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : InstantPattern.General.Parse(text) is { Success: true } read ? read.Value
        : throw new Mistake("invalid", $"{option.Name}: {text} is no instant as 2025-03-03T08:00:00Z.");
}
