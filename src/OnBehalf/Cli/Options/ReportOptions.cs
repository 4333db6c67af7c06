using System.CommandLine;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Store;

namespace OnBehalf.Cli.Options;

/// <summary>The options that every report has: which range, which mailboxes, by which clock, seen from when.</summary>
sealed class ReportOptions
{
    readonly Option<string?> _from = new("--from")
    {
        Description = "First day (2026-01-31) or instant (2026-01-31T08:00:00Z) of the range. Default: the first message.",
    };

    readonly Option<string?> _to = new("--to")
    {
        Description = "End of the range, not part of it. Default: after the last message.",
    };

    readonly Option<string> _zone = ZoneOption.Create();
    readonly Option<string[]> _mailboxes = new("--mailbox", "-m")
    {
        Description = "Only these mailboxes; repeatable.",
    };

    readonly Option<Clock> _clock = new("--clock", "-c")
    {
        Description = "By which clock waits are measured.",
        DefaultValueFactory = _ => Clock.Calendar,
    };

    readonly Option<BegunBy?> _begunBy = new("--begun-by")
    {
        Description = "Only conversations begun by a requester, or by an agent.",
    };

    readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "From which instant everything is seen; nothing later is known. Default: now.",
    };


    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _from, _to, _zone, _mailboxes, _clock, _begunBy, _asOf })
            command.Options.Add(option);
    }

    /// <summary>The mailboxes asked for; null: all.</summary>
    public IReadOnlyCollection<AddressId>? MailboxesOf(ParseResult parsed, MailStore store)
    {
        if (parsed.GetValue(_mailboxes) is not { Length: > 0 } wanted) return null;
        var known = store.Facts.Mailboxes();
        return [.. wanted.Select(w => store.Addresses.Find(w) is var id && known.Contains(id) ? id
            : throw new Mistake("not_found", $"--mailbox {w}: there are no messages of it. Known: "
                + string.Join(", ", known.Select(k => store.Addresses[k])) + "."))];
    }

    /// <summary>The question, without metrics yet.</summary>
    public MetricQuery Read(ParseResult parsed, MetricReader reader, TimeProvider time)
    {
        var zone = ZoneOption.Read(parsed.GetValue(_zone)!);
        var span = reader.Span();
        return new()
        {
            Metrics = [],
            From = At("--from", parsed.GetValue(_from), zone) ?? Instant.FromUnixTimeSeconds(span?.First ?? 0),
            To = At("--to", parsed.GetValue(_to), zone) ?? Instant.FromUnixTimeSeconds((span?.Last ?? 0) + 1),
            Zone = zone,
            Clock = parsed.GetValue(_clock),
            BegunBy = parsed.GetValue(_begunBy),
            AsOf = At("--as-of", parsed.GetValue(_asOf), zone)
                ?? Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
        };
    }

    static Instant? At(string option, string? text, DateTimeZone zone)
    {
        if (text is null) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return zone.AtStartOfDay(date.Value).ToInstant();
        if (InstantPattern.General.Parse(text) is { Success: true } instant) return instant.Value;
        throw new Mistake("invalid", string.Create(CultureInfo.InvariantCulture,
            $"{option} {text}: give a day as 2026-01-31, or an instant as 2026-01-31T08:00:00Z."));
    }
}
