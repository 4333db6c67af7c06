using System.Globalization;
using NodaTime;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Setups;
using OnBehalf.Store;

namespace OnBehalf.Checks;

/// <summary>Something to know or to do.</summary>
/// <param name="Severity">error, warning or note.</param>
/// <param name="Where">The file, mailbox or setting.</param>
/// <param name="What">What was found.</param>
/// <param name="Remedy">What to do; empty: nothing.</param>
public sealed record Trouble(string Severity, string Where, string What, string Remedy);

/// <summary>Looks at the file, the imports and the figures, and says what is wrong and what to do.</summary>
static class Doctor
{
    /// <summary>Below this coverage per-agent figures leave out too much to be read without care.</summary>
    const double FairCoverage = 0.9;

    /// <summary>Messages that a screen goes through one by one: about a second.</summary>
    const long SweepLimit = 1_000_000;

    static readonly IReadOnlyList<Trouble> NoSweep =
    [
        new("note", "screen", "So much mail is not gone through for a screen: repeats, dates and audit records without message "
            + "are told on the command line.", "onbehalf doctor"),
    ];

    /// <summary>Damaged pieces of an import that are named.</summary>
    const int DamageShown = 20;

    /// <summary>Everything there is to say, errors and warnings among notes; where all is as it should be, nothing.</summary>
    public static IReadOnlyList<Trouble> Look(MailStore store, TimeProvider time, CancellationToken cancellation)
    {
        var (setup, seenAt) = store.Setup.Load();
        return
        [
            .. File(store), .. setup.Select(ToTrouble), .. SetupLook.Alarms(store, Now(time)).Select(ToTrouble), .. Imports(store),
            .. Mailboxes(store), .. seenAt is null ? Audit(store) : [],
            .. Figures(store, setup, () => new(store, store.Settings.Rules()), time, cancellation),
        ];
    }

    /// <summary>
    /// The same for a screen: without looking at every page of the file, nor at every message where there are very many. What
    /// stands on facts and figures is looked at once for an edition.
    /// </summary>
    public static IReadOnlyList<Trouble> Look(MailStore store, TimeProvider time, StoreView view, CancellationToken cancellation)
    {
        var (setup, seenAt) = store.Setup.Load();
        return
        [
            .. setup.Select(ToTrouble), .. SetupLook.Alarms(store, Now(time)).Select(ToTrouble), .. Imports(store),
            .. view.Remember($"doctor {seenAt}", () => (IReadOnlyList<Trouble>)
                [
                    .. view.Sources.Sum(source => source.Messages) > SweepLimit ? NoSweep
                        : [.. Mailboxes(store), .. seenAt is null ? Audit(store) : []],
                    .. Figures(store, setup, () => view.Reader, time, cancellation),
                ]),
        ];
    }

    /// <summary>What is there, in a line or two for each mailbox; nothing of it is good or bad.</summary>
    public static IEnumerable<string> Inventory(MailStore store) =>
    [
        .. store.Facts.Counts().Select(counts =>
            $"{store.Addresses[counts.Mailbox]}: {Counted.Of(counts.Messages, "message", "messages")}, "
            + $"{Counted.Of(counts.Repeats, "further sighting", "further sightings")}, "
            + Text($"{counts.WithoutId:N0} without Message-ID.")),
        .. (store.Pictures.Exchange()?.Mailboxes ?? []).Select(mailbox =>
            $"{mailbox.Address}: {Count(mailbox.FullAccess)} hold Full Access, {Count(mailbox.SendAs)} Send As, "
            + $"{Count(mailbox.OnBehalf)} Send on Behalf; copies of Send As {Switch(mailbox.CopiesSentAs)}, "
            + $"of Send on Behalf {Switch(mailbox.CopiesOnBehalf)}; auditing {Switch(mailbox.IsAudited)}."),
    ];

    // People, as far as they are known: a group counts by its members.
    static string Count(IReadOnlyList<Trustee>? trustees) => trustees is null ? "?"
        : trustees.SelectMany(trustee => trustee.Members ?? [trustee.Name]).Distinct().Count().ToString(CultureInfo.InvariantCulture);

    static string Switch(bool? isOn) => isOn switch { true => "on", false => "off", null => "not known" };

    static IEnumerable<Trouble> File(MailStore store) => store.Check().Select(problem => new Trouble(
        "error", store.Path, problem, "Restore the file from a backup, or import again into a new one."));

    static Trouble ToTrouble(SetupFinding finding) => new(
        finding.Severity.ToString().ToLowerInvariant(), finding.Where,
        finding.Evidence + (finding.Gain is { } gain ? Text($" Up to {gain:P0} more of the messages sent could be known.") : ""),
        string.Join(Environment.NewLine, finding.Remedy));

    static IEnumerable<Trouble> Imports(MailStore store)
    {
        // The newest come first: an interrupted import that was run again is nobody's trouble any more.
        var ended = new HashSet<(ImportKind, string, AddressId)>();
        foreach (var import in store.Facts.Imports())
        {
            var what = (import.Kind, import.Source, import.Mailbox);
            if (import.EndedAt is not null) ended.Add(what);
            else if (!ended.Contains(what))
                yield return new("warning", import.Source, "This import was interrupted; what it had reported is stored.",
                    "Run it again: what is known is not stored twice.");
            if (import.Damaged == 0) continue;
            foreach (var (where, reason) in store.Facts.ReadDamage(import.Id).Take(DamageShown))
                yield return new("warning", where, reason, "Look at the file; the rest of it was imported.");
            if (import.Damaged > DamageShown)
                yield return new("warning", import.Source,
                    Counted.Of(import.Damaged - DamageShown, "more damaged piece.", "more damaged pieces."),
                    "The store keeps the first 1,000 of an import.");
        }
    }

    static IEnumerable<Trouble> Mailboxes(MailStore store)
    {
        var settings = store.Settings.Load().Settings;
        foreach (var m in store.Facts.Counts())
        {
            var mailbox = store.Addresses[m.Mailbox];
            if (m.Undated > 0)
                yield return new("note", mailbox,
                    Counted.Of(m.Undated, "message has no readable date and takes no part in waits.",
                        "messages have no readable date and take no part in waits."), "");
            if (settings.CompanySchedule.Count == 0
                && settings.MailboxOf(mailbox) is { Schedule.Count: 0, Hours: not Store.Preferences.HoursOf.Ignored })
                yield return new("note", mailbox, "No business hours: every clock is calendar time.",
                    "onbehalf schedule set \"Mon-Fri 09:00-17:00\" --zone ZONE");
        }
        // Of a tenant the directory says who they are, and its own findings say when it may not.
        if (settings.AgentPatterns.Count + settings.Agents.Count == 0 && store.Accounts.Tenants().Count == 0)
            yield return new("warning", "settings",
                "No agents are named: replies under an agent's own name are taken for requests.",
                "onbehalf import mail … --agents PATTERN, or --agents-file CSV");
    }

    static IEnumerable<Trouble> Audit(MailStore store)
    {
        foreach (var sends in store.Facts.CountSends())
            if (sends.Unmatched > 0)
                yield return new("warning", store.Addresses[sends.Name],
                    Text($"{sends.Unmatched:N0} of {Counted.Of(sends.Records, "audit record", "audit records")} ")
                        + (sends.Unmatched == 1 ? "names a message that is not here." : "name messages that are not here."),
                    "Sent copies may be missing: Set-Mailbox MAILBOX -MessageCopyForSentAsEnabled $true "
                    + "-MessageCopyForSendOnBehalfEnabled $true");
    }

    static IEnumerable<Trouble> Figures(
        MailStore store, IReadOnlyList<SetupFinding> setup, Func<MetricReader> readerOf, TimeProvider time,
        CancellationToken cancellation)
    {
        var rules = store.Settings.Rules();
        var dirty = store.Findings.Dirty(rules, Corridor.EngineVersion);
        if (dirty.Count > 0)
            yield return new("warning", "figures",
                Counted.Of(dirty.Count, "mailbox has messages or settings newer than its figures.",
                    "mailboxes have messages or settings newer than their figures."), "onbehalf rebuild");
        var reader = readerOf();
        var now = Now(time);
        var query = new MetricQuery
        {
            Metrics = ["coverage"], Dimensions = ["mailbox"], From = Instant.FromUnixTimeSeconds(0), To = now, AsOf = now,
        };
        var low = reader.Answer(query, cancellation).Rows
            .Where(row => row.Figures[0].Value < FairCoverage && !IsExplained(row.Keys[0], setup)).ToList();
        if (low.Count == 0) yield break;
        // One question for all of them: there may be hundreds.
        var unknown = reader.Answer(query with
        {
            Metrics = ["unattributed"], Dimensions = ["mailbox", "reason"],
            Filter = new Filter.Is("mailbox", [.. low.Select(row => row.Keys[0] ?? "")]),
        }, cancellation).Rows.Where(row => row.Figures[0].Value > 0).ToLookup(row => row.Keys[0]);
        foreach (var row in low)
        {
            var reasons = unknown[row.Keys[0]].Select(r => Text($"{r.Keys[1]} {r.Figures[0].Value:N0}"));
            yield return new("warning", row.Keys[0] ?? "", Text($"Coverage {row.Figures[0].Value:P1}: {string.Join(", ", reasons)}."),
                "onbehalf import audit FILES, or grant Send on Behalf instead of Send As; docs/attribution.md says what "
                + "each reason means.");
        }
    }

    // The set-up check says what it costs, and what to do, better than a share of all history can.
    static bool IsExplained(string? mailbox, IReadOnlyList<SetupFinding> setup) => setup.Any(finding =>
        finding.Gain is not null && (finding.Where == mailbox || finding.Where == SetupCheck.Tenant));

    static Instant Now(TimeProvider time) => Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
