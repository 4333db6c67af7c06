using System.Globalization;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Engine.Waits;

namespace OnBehalf.Tests.Examples;

/// <summary>One letter of an example, at a time of the wall clock in Prague. It answers the letter before it.</summary>
sealed record Letter(string At, string From, params string[] To)
{
    /// <summary>Who pressed Send, where the message says so.</summary>
    public string? Sender { get; init; }

    /// <summary>Whether a machine answered.</summary>
    public bool IsAutomatic { get; init; }

    public bool IsOurs => From == Example.Mailbox;

    /// <summary>Seconds since 1970 UTC.</summary>
    public long Seconds => Wall.At(Example.Zone, At);
}

/// <summary>A question as in an address, and its answer: keys and values of every row, or the total's.</summary>
sealed record Asking(string Question, string Expected);

/// <summary>A row of the worked examples of docs/metrics.md.</summary>
/// <param name="Row">Its first cell there.</param>
/// <param name="Letters">What was written.</param>
/// <param name="Askings">What is asked once everything is there.</param>
sealed record Example(string Row, IReadOnlyList<Letter> Letters, params IReadOnlyList<Asking> Askings)
{
    public const string Zone = "Europe/Prague";
    public const string Mailbox = "support@acme.example";
    public const string John = "john@acme.example";
    public const string Customer = "customer@customer.example";

    /// <summary>From when everything is seen unless a question says otherwise.</summary>
    public const string UsualAsOf = "2026-12-01T00:00:00Z";

    /// <summary>The settings.</summary>
    public Settings Settings { get; init; } = new();

    /// <summary>The audit record of the last letter, by whom; null: there is none.</summary>
    public string? AuditBy { get; init; }

    /// <summary>How often the record comes.</summary>
    public int Records { get; init; } = 1;

    /// <summary>Whether the record was there before the message.</summary>
    public bool IsAuditFirst { get; init; }

    /// <summary>What is asked before the record is there.</summary>
    public IReadOnlyList<Asking> Before { get; init; } = [];

    /// <summary>The settings with the mailbox and the agent in them.</summary>
    public Settings Full => Settings with
    {
        Mailboxes = [Settings.Mailboxes.FirstOrDefault() ?? new() { Address = Mailbox }],
        Agents = [new() { Addresses = [John] }, new() { Addresses = ["anna@acme.example"] }],
    };

    public override string ToString() => Row;

    public static string IdOf(int letter) => $"letter-{letter}@acme.example";

    /// <summary>A question with what every example means: all there is, days as in Prague, seen from the end of the year.</summary>
    public static string Whole(string question)
    {
        if (!question.Contains("from=", StringComparison.Ordinal)) question += "&range=all";
        if (!question.Contains("as-of=", StringComparison.Ordinal)) question += "&as-of=" + UsualAsOf;
        return question + "&zone=" + Zone;
    }

    /// <summary>Rows as an example writes them.</summary>
    public static string Told(IEnumerable<(IEnumerable<string?> Keys, IEnumerable<double?> Values)> rows) =>
        string.Join("; ", rows.Select(row => string.Join(' ', row.Keys.Select(key => key ?? "–")
            .Concat(row.Values.Select(value => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–")))));
}
