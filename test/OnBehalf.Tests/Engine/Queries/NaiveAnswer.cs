using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>The answer to a question by going through all findings as docs/metrics.md reads, without any haste.</summary>
sealed class NaiveAnswer(
    MetricQuery query, Addresses addresses, Dictionary<AddressId, List<Finding>> mailboxes, WaitClocks clocks,
    IReadOnlyDictionary<AddressId, string> teams)
{
    readonly long _from = query.From.ToUnixTimeSeconds();
    readonly long _to = query.To.ToUnixTimeSeconds();
    readonly long _asOf = query.AsOf.ToUnixTimeSeconds();

    readonly record struct Row(AddressId Mailbox, Finding Finding, long Date);

    /// <summary>One line for each group, in order: its keys and each metric's figure.</summary>
    public List<string> Lines() => Lines(Figure);

    /// <summary>So, with what a figure is made of: how many values, how many of them open, whether they are few.</summary>
    public List<string> CountLines() => Lines(Counts);

    List<string> Lines(Func<string, List<Row>, int, string> tell)
    {
        var rows = query.Metrics.Select(RowsOf).ToList();
        var groups = rows.SelectMany(r => r).GroupBy(KeyOf).OrderBy(group => group.Key, StringComparer.Ordinal);
        string Line(IGrouping<string, Row> group, string metric, int i)
        {
            var colleagues = KeyOf(group.First(), withoutAgent: true);
            var all = rows[i].Count(r => KeyOf(r, withoutAgent: true) == colleagues);
            return tell(metric, [.. rows[i].Where(r => KeyOf(r) == group.Key)], all);
        }
        return
        [
            .. groups.Select(group =>
                $"{group.Key}: {string.Join("; ", query.Metrics.Select((metric, i) => Line(group, metric, i)))}"),
        ];
    }

    public string Total() => string.Join("; ", query.Metrics.Select(metric => RowsOf(metric) is var rows
        ? Figure(metric, rows, rows.Count) : ""));

    public string TotalCounts() => string.Join("; ", query.Metrics.Select(metric => RowsOf(metric) is var rows
        ? Counts(metric, rows, rows.Count) : ""));

    public List<long> Facts(string metric) =>
        [.. RowsOf(metric).OrderBy(r => r.Finding.At).ThenBy(r => r.Finding.FactId).Select(r => r.Finding.FactId)];

    List<Row> RowsOf(string metric) =>
    [
        .. from mailbox in mailboxes
           from f in mailbox.Value
           where !f.Marks.HasFlag(Marks.Undated) && f.At <= _asOf
           where IsBegunAsAsked(f)
           where Takes(metric, f)
           let date = metric == "outflow" ? f.Cycle!.ClosedAt!.Value : f.At
           where metric == "backlog" || (date >= _from && date < _to)
           let row = new Row(mailbox.Key, f, date)
           where Meets(query.Filter, row)
           select row,
    ];

    bool IsBegunAsAsked(Finding f) =>
        query.BegunBy is null || f.Marks.HasFlag(Marks.BegunByAgent) == (query.BegunBy == BegunBy.Agent);

    bool Takes(string metric, Finding f) => metric switch
    {
        "received" => f.Direction == Direction.Inbound,
        "sent" or "messages" => f.Direction == Direction.Outbound,
        "replied" => f.Direction == Direction.Inbound && f.RepliedAt <= _asOf,
        "no_reply_needed_rate" => f.Direction == Direction.Inbound && f.Kind == Kind.Human,
        "touches" => f.Marks.HasFlag(Marks.Touch),
        "collisions" => f.Marks.HasFlag(Marks.Collision),
        "first_response_time" => f.Response is not null && f.Marks.HasFlag(Marks.First),
        "next_response_time" => f.Response is not null && !f.Marks.HasFlag(Marks.First),
        "response_time" or "out_of_hours_share" or "workload_share" => f.Response is not null,
        "reply_time" => f.SinceParent is not null,
        "resolution_time" => f.Resolution is not null && f.ResolutionKnownAt <= _asOf,
        "customer_wait_time" or "answered_rate" or "inflow" => f.Cycle is not null,
        "still_waiting" or "oldest_wait" => f.Wait is not null && IsOpen(f),
        "censored_median" => f.Wait is not null,
        "backlog" => f.Wait is not null && Math.Min(_to, _asOf) is var t && f.At <= t && !(f.Wait.EndedAt <= t),
        "one_touch_rate" => IsClosed(f) && f.Cycle!.Replies > 0,
        "reopen_rate" => f.Cycle is not null && (IsClosed(f) || f.Marks.HasFlag(Marks.Reopened)),
        "handoffs" => f.Cycle is not null && !(f.Cycle.LastReplyAt > _asOf),
        "outflow" => IsClosed(f),
        "distinct_requesters" => IsSent(f) && !f.Requester.IsNone,
        "active_days" or "conversations_per_day" or "coverage" => IsSent(f),
        "known" or "ambiguous" or "pending" or "unattributed" =>
            IsSent(f) && Author(f).Equals(metric, StringComparison.OrdinalIgnoreCase),
        "sla_attainment" => Sla(f) is "met" or "breached",
        _ when metric.StartsWith("sla_", StringComparison.Ordinal) => Sla(f) == metric[4..],
        _ => throw new InvalidOperationException(metric),
    };

    string Figure(string metric, List<Row> rows, int ofAll) => metric switch
    {
        "messages" => $"{rows.Sum(r => Math.Max(1, r.Finding.Recipients))}",
        "handoffs" => $"{rows.Sum(r => r.Finding.Cycle!.Handoffs)}",
        "no_reply_needed_rate" => Rate(rows.Count(r => r.Finding.Marks.HasFlag(Marks.NoReplyNeeded)), rows.Count),
        "out_of_hours_share" => Rate(rows.Count(r => r.Finding.Marks.HasFlag(Marks.OutOfHours)), rows.Count),
        "answered_rate" => Rate(rows.Count(r => IsAnswered(r.Finding)), rows.Count),
        "one_touch_rate" => Rate(rows.Count(r => r.Finding.Cycle!.Replies == 1), rows.Count),
        "reopen_rate" => Rate(rows.Count(r => r.Finding.Marks.HasFlag(Marks.Reopened)), rows.Count(r => IsClosed(r.Finding))),
        "coverage" => Rate(rows.Count(r => Author(r.Finding) == "Known"), rows.Count),
        "sla_attainment" => Rate(rows.Count(r => Sla(r.Finding) == "met"), rows.Count),
        "workload_share" => Rate(rows.Count, ofAll),
        "first_response_time" or "next_response_time" or "response_time" =>
            Times([.. rows.Select(r => By(r.Finding.Response!.Waited))]),
        "resolution_time" => Times([.. rows.Select(r => By(r.Finding.Resolution!.Value))]),
        "reply_time" => Times([.. rows.Select(r => r.Finding.SinceParent!.Value)]),
        "customer_wait_time" => Times([.. rows.Select(CustomerWait)]),
        "oldest_wait" => rows.Count == 0 ? "null" : $"{rows.Max(r => Age(r.Finding))}",
        "censored_median" => OnBehalf.Engine.Statistics.SurvivalCurve.Median(
            [.. rows.Where(r => Ended(r.Finding) == WaitEnd.Answered).Select(r => Age(r.Finding))],
            [.. rows.Where(r => Ended(r.Finding) != WaitEnd.Answered).Select(r => Age(r.Finding))])?.ToString() ?? "null",
        "distinct_requesters" => $"{rows.Select(r => r.Finding.Requester).Distinct().Count()}",
        "active_days" => $"{rows.Select(r => Day(r.Finding.At)).Distinct().Count()}",
        "conversations_per_day" => Rate(
            rows.Select(r => (Day(r.Finding.At), r.Finding.Conversation)).Distinct().Count(),
            rows.Select(r => Day(r.Finding.At)).Distinct().Count()),
        _ => $"{rows.Count}",
    };

    /// <summary>How many values a figure is made of, how many of them are still open, and whether they are few.</summary>
    string Counts(string metric, List<Row> rows, int ofAll)
    {
        var (count, open) = metric switch
        {
            "reopen_rate" => (rows.Count(r => IsClosed(r.Finding)), 0),
            "conversations_per_day" => (rows.Select(r => Day(r.Finding.At)).Distinct().Count(), 0),
            "workload_share" => (ofAll, 0),
            "customer_wait_time" => (rows.Count, rows.Count(r => WaitsOf(r).Any(IsOpen))),
            "censored_median" => (rows.Count, rows.Count(r => Ended(r.Finding) != WaitEnd.Answered)),
            _ => (rows.Count, 0),
        };
        var canBeFew = metric is "conversations_per_day" or "workload_share" or "censored_median" or "coverage"
            or "out_of_hours_share" or "sla_attainment" || metric.EndsWith("_rate", StringComparison.Ordinal)
            || metric.EndsWith("_time", StringComparison.Ordinal);
        return $"{count}, {open} open" + (canBeFew && count < 5 ? ", few" : "");
    }

    /// <summary>The same of an answer's figure.</summary>
    public static string Counts(Figure figure) => $"{figure.Count}, {figure.Open} open" + (figure.IsSmall ? ", few" : "");

    public static string Show(double? value) => value is { } v ? Math.Round(v, 6).ToString("0.######", null) : "null";

    static string Rate(int part, int whole) => Show(whole == 0 ? null : (double)part / whole);

    static string Times(List<int> values)
    {
        if (values.Count == 0) return "null";
        values.Sort();
        var place = (values.Count - 1) * 0.5;
        var (below, above) = (values[(int)place], values[(int)Math.Ceiling(place)]);
        return Show(below + (place - (int)place) * ((double)above - below));
    }

    int CustomerWait(Row row) => WaitsOf(row).Sum(Age);

    IEnumerable<Finding> WaitsOf(Row row) => mailboxes[row.Mailbox]
        .Where(w => w.Wait is not null && w.Conversation == row.Finding.Conversation && w.At <= _asOf && w.At >= row.Finding.At)
        .Where(w => !mailboxes[row.Mailbox].Any(c => c.Cycle is not null && c.Conversation == w.Conversation
            && c.At <= w.At && (c.At, c.FactId).CompareTo((row.Finding.At, row.Finding.FactId)) > 0));

    int Age(Finding f) => IsOpen(f)
        ? (int)(query.Clock == Clock.Calendar ? _asOf - f.At : clocks.Mailbox.Between(f.At, _asOf))
        : By(f.Wait!.Waited);

    int By(Clocks clocks) => query.Clock switch
    {
        Clock.Calendar => clocks.Calendar,
        Clock.Mailbox => clocks.Mailbox,
        _ => clocks.Agent,
    };

    bool IsOpen(Finding f) => !(f.Wait!.EndedAt <= _asOf);

    WaitEnd Ended(Finding f) => IsOpen(f) ? WaitEnd.Open : f.Wait!.End;

    bool IsClosed(Finding f) => f.Cycle is { ClosedAt: not null } cycle && cycle.ClosingKnownAt <= _asOf;

    bool IsAnswered(Finding f) => f.Wait is not null
        ? Ended(f) == WaitEnd.Answered
        : f.Cycle!.Replies > 0 && f.Cycle.LastReplyAt <= _asOf;

    static bool IsSent(Finding f) => f.Direction == Direction.Outbound && f.Kind == Kind.Human;

    string Author(Finding f) => f.Marks.HasFlag(Marks.Ambiguous) ? "Ambiguous"
        : f.Evidence != Evidence.None ? "Known"
        : f.Reason == UnattributedReason.AuditRecordMissing && f.At > _asOf - query.AuditGrace.TotalSeconds ? "Pending"
        : "Unattributed";

    string? Sla(Finding f)
    {
        if (f.Wait is not { Due: > 0 } wait) return null;
        if (IsOpen(f)) return _asOf > wait.Due ? "breached" : _asOf >= wait.AtRisk ? "at_risk" : "pending";
        if (wait.EndedAt > wait.Due) return "breached";
        return wait.End == WaitEnd.Answered ? "met" : "cancelled";
    }

    bool Meets(Filter filter, Row row) => filter switch
    {
        Filter.Is { Dimension: "category", IsWhole: false } leaf => (Text("category", row) ?? "") is var text
            && text.Split("; ").Append(text).Any(part => leaf.Values.Contains(part, StringComparer.OrdinalIgnoreCase)),
        Filter.Is leaf => leaf.Values.Contains(Text(leaf.Dimension, row) ?? "", StringComparer.OrdinalIgnoreCase),
        Filter.And and => and.Parts.All(part => Meets(part, row)),
        Filter.Or or => or.Parts.Any(part => Meets(part, row)),
        Filter.Not not => !Meets(not.Part, row),
        _ => throw new InvalidOperationException(),
    };

    string KeyOf(Row row) => KeyOf(row, false);

    string KeyOf(Row row, bool withoutAgent) => string.Join(", ",
        query.Dimensions.Select(d => withoutAgent && d is ("agent" or "team") ? "" : Text(d, row) ?? "none"));

    string? Text(string dimension, Row row)
    {
        var f = row.Finding;
        return dimension switch
        {
            "mailbox" => addresses[row.Mailbox],
            "agent" => AgentOf(f) is { IsNone: false } agent ? addresses[agent] : null,
            "team" => teams.GetValueOrDefault(AgentOf(f)),
            "category" => f.Category.Length == 0 ? null : f.Category,
            "requester" => f.Requester.IsNone ? null : addresses[f.Requester],
            "requester_domain" => f.Requester.IsNone ? null : addresses.DomainOf(f.Requester),
            "direction" => f.Direction.ToString(),
            "kind" => f.Kind.ToString(),
            "importance" => f.Importance.ToString(),
            "evidence" => f.Evidence == Evidence.None ? null : f.Evidence.ToString(),
            "reason" => f.Reason == UnattributedReason.None ? null : f.Reason.ToString(),
            "attribution" => IsSent(f) ? Author(f) : null,
            "response" => f.Wait is null && f.Response is null ? null : f.Marks.HasFlag(Marks.First) ? "first" : "next",
            "sla_policy" => f.Wait is { Policy: > 0 } wait ? wait.Policy.ToString() : null,
            "sla_state" => f.Wait is null || Sla(f) is not { } state ? null
                : state == "at_risk" ? "AtRisk" : char.ToUpperInvariant(state[0]) + state[1..],
            "internal" => f.Marks.HasFlag(Marks.Internal) ? "internal" : "external",
            _ => Time(dimension, Instant.FromUnixTimeSeconds(row.Date).InZone(query.Zone).LocalDateTime),
        };
    }

    AddressId AgentOf(Finding f) => f.Direction == Direction.Inbound && !(f.RepliedAt <= _asOf) ? AddressId.None : f.Agent;

    LocalDate Day(long at) => Instant.FromUnixTimeSeconds(at).InZone(query.Zone).Date;

    static string Time(string unit, LocalDateTime local) => unit switch
    {
        "hour" => $"{local:uuuu-MM-dd'T'HH}",
        "day" => $"{local:uuuu-MM-dd}",
        "week" => $"{local.Date.PlusDays(1).Previous(IsoDayOfWeek.Monday):uuuu-MM-dd}",
        "month" => $"{local:uuuu-MM}",
        "quarter" => $"{local:uuuu}-Q{(local.Month - 1) / 3 + 1}",
        "year" => $"{local:uuuu}",
        "weekday" => local.DayOfWeek.ToString()[..3],
        _ => $"{local.DayOfWeek.ToString()[..3]} {local:HH}",
    };
}
