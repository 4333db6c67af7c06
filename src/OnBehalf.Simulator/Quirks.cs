using System.Globalization;

namespace OnBehalf.Simulator;

/// <summary>What surprises a reader of a real tenant. The table of <see cref="Quirks.Known"/> says what each one does.</summary>
public enum Quirk
{
    RepeatedItems, MissedMoves, Filing, EmptyPages, ShortPages, TopCapsDelta, LatestToken, ExpiredTokens, NoSentHeaders,
    TopicConversationIds, SplitConversations, FreshIndexes, MissingFrom, ExchangeAddresses, AddressNoise, Drafts,
    SkewedClocks, Meetings, Bounces, AutoReplies, ProtectedMail, TeamsCopies, Archiving, SoftDeletes, FolderChanges,
    SubfolderDelivery, GoneItems, Throttling, GatewayErrors, LateCopies, DuplicateCopies, HiddenRecipients, RewrittenIds,
    TwinLetters, LateAudit, DuplicateAudit, UnorderedAudit, NamelessAudit, AuditWithoutMessageId, SystemAudit,
    LocalisedAudit, StringlyAudit, StuckQueries, RenamedPeople, NoThreadIndex,
}

/// <summary>One row of the quirk table.</summary>
/// <param name="Quirk">The switch.</param>
/// <param name="Name">How it is spelled on a command line.</param>
/// <param name="UsualRate">The share of chances it takes when all quirks are on.</param>
/// <param name="Meaning">What a reader of the tenant sees.</param>
public sealed record QuirkRow(Quirk Quirk, string Name, double UsualRate, string Meaning);

/// <summary>Which quirks are on, and how often each strikes: a rate from 0 (never) to 1 (always).</summary>
public sealed record Quirks
{
    readonly double[] _rates;

    Quirks(double[] rates) => _rates = rates;

    /// <summary>A well-behaved tenant.</summary>
    public static Quirks None { get; } = new(new double[Known.Count]);

    /// <summary>Every quirk at its usual rate.</summary>
    public static Quirks All { get; } = new([.. Known.Select(row => row.UsualRate)]);

    /// <summary>Every quirk there is, in the order of <see cref="Simulator.Quirk"/>.</summary>
    public static IReadOnlyList<QuirkRow> Known => QuirkTable.Rows;

    /// <summary>How often a quirk strikes.</summary>
    public double this[Quirk quirk] => _rates[(int)quirk];

    /// <summary>These quirks with one of them at another rate.</summary>
    public Quirks With(Quirk quirk, double rate)
    {
        if (rate is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is between 0 and 1.");
        var rates = _rates.ToArray();
        rates[(int)quirk] = rate;
        return new Quirks(rates);
    }

    /// <summary>These quirks with one of them at its usual rate.</summary>
    public Quirks With(Quirk quirk) => With(quirk, Known[(int)quirk].UsualRate);

    /// <summary>Reads "all", "none", or a list such as "drafts,late-audit=0.5"; "all,-throttling" leaves one out.</summary>
    /// <exception cref="FormatException">A name or a rate is not known; the message lists the names.</exception>
    public static Quirks Parse(string text)
    {
        var quirks = None;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            quirks = quirks.Apply(part);
        return quirks;
    }

    Quirks Apply(string part)
    {
        if (part.Equals("none", StringComparison.OrdinalIgnoreCase)) return None;
        if (part.Equals("all", StringComparison.OrdinalIgnoreCase)) return All;
        if (part.StartsWith('-')) return With(Find(part[1..]).Quirk, 0);
        var (name, rate) = part.Split('=', 2) is [var left, var right] ? (left, right) : (part, null);
        var row = Find(name);
        if (rate is null) return With(row.Quirk);
        return double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? With(row.Quirk, value)
            : throw new FormatException($"'{rate}' is no rate for {row.Name}: give a number from 0 to 1.");
    }

    static QuirkRow Find(string name) =>
        Known.FirstOrDefault(row => row.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException(
            $"There is no quirk '{name}'. Known are all, none, {string.Join(", ", Known.Select(row => row.Name))}.");
}
