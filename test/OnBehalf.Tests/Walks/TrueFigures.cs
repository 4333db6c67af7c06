namespace OnBehalf.Tests.Walks;

/// <summary>One figure and how many values it stands on.</summary>
readonly record struct TrueFigure(double? Value, long Count, double? P90 = null);

/// <summary>
/// The figures of docs/metrics.md, worked out of what the tenant knows: by hand, one sentence of the contract each, and slowly.
/// </summary>
/// <param name="Truth">What the tenant knows.</param>
/// <param name="Hours">Its office hours.</param>
/// <param name="From">The range's first second.</param>
/// <param name="To">The range's end.</param>
/// <param name="AsOf">From when it is seen.</param>
/// <param name="IsBusiness">By office hours, else elapsed.</param>
sealed record TrueFigures(Truth Truth, TrueHours Hours, long From, long To, long AsOf, bool IsBusiness)
{
    /// <summary>A working day, promised for every reply.</summary>
    public const int PromisedSeconds = 8 * 3600;

    const int CollisionSeconds = 600;

    static readonly long[] AgeEnds = [3600, 4 * 3600, 8 * 3600, 24 * 3600, 3 * 24 * 3600, long.MaxValue];

    /// <summary>Only this mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Only what this agent wrote, or answered.</summary>
    public string? Agent { get; init; }

    public IEnumerable<TrueMessage> Messages => Truth.Messages.Where(m =>
        IsIn(m.At) && (Mailbox ?? m.Mailbox) == m.Mailbox && (Agent is null || m.Agent == Agent));

    IEnumerable<TrueMessage> Written => Messages.Where(m => m is { IsOutbound: true, IsHuman: true });

    IEnumerable<TrueWait> Waits => Truth.Waits.Where(w => (Mailbox ?? w.Mailbox) == w.Mailbox && (Agent is null || w.Agent == Agent));

    IEnumerable<TrueWait> Begun => Waits.Where(w => IsIn(w.OpenedAt));

    IEnumerable<TrueWait> Answered => Waits.Where(w => w.AnsweredAt is { } at && IsIn(at));

    /// <summary>Every figure that truth can tell, by the metric's name.</summary>
    public TrueFigure Of(string metric) => metric switch
    {
        "received" => Number(Messages.Count(m => !m.IsOutbound)),
        "sent" => Number(Messages.Count(m => m.IsOutbound)),
        "inflow" => Number(Begun.Count(w => w.IsFirst)),
        "answered_rate" => Rate(Begun.Where(w => w.IsFirst), w => w.AnsweredAt <= AsOf),
        "still_waiting" => Number(Begun.Count(IsOpen)),
        "oldest_wait" => Begun.Where(IsOpen).Select(w => (double?)Waited(w)).Max() is var oldest
            ? new(oldest, Begun.Count(IsOpen)) : default,
        "first_response_time" => Spread(Answered.Where(w => w.IsFirst)),
        "response_time" => Spread(Answered),
        "workload_share" => (this with { Agent = null }).Answered.Count() is > 0 and var all
            ? new((double)Answered.Count() / all, all) : default,
        "sla_attainment" => Rate(Begun.Where(w => StateOf(w) is "Met" or "Breached"), w => StateOf(w) == "Met"),
        "coverage" => Rate(Written, m => m.Agent is not null),
        "known" => Number(Written.Count(m => m.Agent is not null)),
        "unattributed" => Number(Written.Count(m => m.Agent is null)),
        "active_days" => Number(Written.Select(m => Hours.DayOf(m.At)).Distinct().Count()),
        "collisions" => Number(Collisions().Count()),
        "backlog" => Number(OpenAt(Math.Min(To, AsOf)).Count()),
        _ => throw new ArgumentException($"Truth does not know {metric}."),
    };

    /// <summary>The waits that are open at an instant, the oldest first.</summary>
    public IEnumerable<TrueWait> OpenAt(long at) => Waits.Where(w => w.OpenedAt <= at && (w.AnsweredAt is null || w.AnsweredAt > at))
        .OrderBy(w => w.OpenedAt);

    /// <summary>How many of them are of each age.</summary>
    public long[] AgesAt(long at)
    {
        var ages = new long[AgeEnds.Length];
        foreach (var wait in OpenAt(at)) ages[Array.FindIndex(AgeEnds, end => Elapsed(wait.OpenedAt, at) < end)]++;
        return ages;
    }

    /// <summary>What became of the promise.</summary>
    public string StateOf(TrueWait wait)
    {
        var due = Hours.After(wait.OpenedAt, PromisedSeconds);
        if (wait.AnsweredAt is { } at && at <= AsOf) return at > due ? "Breached" : "Met";
        return AsOf > due ? "Breached" : AsOf >= Hours.After(wait.OpenedAt, PromisedSeconds * 4 / 5) ? "AtRisk" : "Pending";
    }

    /// <summary>How long it was, or has lasted so far.</summary>
    public long Waited(TrueWait wait) => Elapsed(wait.OpenedAt, IsOpen(wait) ? AsOf : wait.AnsweredAt!.Value);

    /// <summary>The local days of the range, with the part of each that is in it.</summary>
    public IEnumerable<(DateOnly Day, TrueFigures Figures)> Days()
    {
        for (var day = Hours.DayOf(From); Hours.StartOf(day) < To; day = day.AddDays(1))
            yield return (day, this with { From = Hours.StartOf(day), To = Hours.StartOf(day.AddDays(1)) });
    }

    /// <summary>By interpolation between neighbours, as spreadsheets do.</summary>
    public static double? Percentile(IReadOnlyList<long> values, double part)
    {
        if (values.Count == 0) return null;
        var sorted = values.Order().ToList();
        var place = part * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    // A second reply by somebody else so soon after the first: who they were has to be known, and nobody wrote in between.
    IEnumerable<TrueMessage> Collisions()
    {
        foreach (var conversation in Truth.Messages.Where(m => m.IsHuman && !m.IsTouch).GroupBy(m => (m.Mailbox, m.Conversation)))
        {
            TrueMessage? reply = null;
            foreach (var message in conversation.OrderBy(m => m.At))
            {
                if (!message.IsOutbound) reply = null;
                else if (reply?.Agent is null || message.Agent is null || message.Agent == reply.Agent
                    || message.At - reply.At > CollisionSeconds) reply = message;
                else if (IsIn(message.At) && (Agent ?? message.Agent) == message.Agent) yield return message;
            }
        }
    }

    bool IsIn(long at) => at >= From && at < To && at <= AsOf;

    bool IsOpen(TrueWait wait) => wait.AnsweredAt is null || wait.AnsweredAt > AsOf;

    long Elapsed(long from, long to) => IsBusiness ? Hours.Between(from, to) : to - from;

    static TrueFigure Number(long number) => new(number, number);

    static TrueFigure Rate<T>(IEnumerable<T> all, Func<T, bool> hits) =>
        all.ToList() is { Count: > 0 } list ? new((double)list.Count(hits) / list.Count, list.Count) : default;

    TrueFigure Spread(IEnumerable<TrueWait> waits)
    {
        var values = waits.Select(w => Elapsed(w.OpenedAt, w.AnsweredAt!.Value)).ToList();
        return new(Percentile(values, 0.5), values.Count, Percentile(values, 0.9));
    }
}
