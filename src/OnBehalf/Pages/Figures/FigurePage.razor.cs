using OnBehalf.Answers;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Figures;

/// <summary><c>/figure</c>: explains a number.</summary>
public sealed partial class FigurePage
{
    Metric _metric = null!; // Found before anything is shown.
    Answer _answer = null!;

    protected override void Load()
    {
        _answer = Ask.Answer(Ask.Query with { Compare = null, Dimensions = [], Granularity = null });
        _metric = MetricRegistry.Find(_answer.Query.Metrics[0])!;
    }

    Figure Total => _answer.Result.Totals[0];

    // The API and the command line tell seconds; here they are shown in the units that matter.
    string Unit => Definitions.UnitOf(_metric) + (_metric.Unit == Engine.Metrics.Unit.Seconds ? ", shown in s, min, h and d" : "");

    string Sample => $"{Shown.Count(Total.Count, "value")}{(Total.IsSmall ? ": too few to mean much" : "")}"
        + (Total.Open > 0 ? $", {Shown.Count(Total.Open)} of them still open" : "");

    // Only handoffs leave cycles out.
    string LeftOut => $"{Shown.Count(_answer.Result.LeftOut.Undated, "message")} without a date"
        + (_metric.Name == "handoffs" ? $"; {Shown.Count(_answer.Result.LeftOut.UnfinishedCycles, "cycle")} that had replies later" : "");

    string WholeUntil => Ask.View.CompleteUntil is { } whole
        ? $"{Shown.Time(whole, Ask.Zone)}: every mailbox was read then or later"
        : "not known: some mailbox was never read to its end";

    string AuditRead => Ask.View.AuditReadAt is { } read ? $"read {Shown.Time(read, Ask.Zone)}" : "never read";

    string Filters
    {
        get
        {
            var texts = QueryText.Print(_answer.Query)
                .Where(text => text.Key == "filter" || DimensionRegistry.Find(text.Key) is not null).ToList();
            return texts.Count == 0 ? "everything" : string.Join("; ", texts.Select(text => $"{text.Key.Replace('_', ' ')} {text.Value}"));
        }
    }

    string Exclusions
    {
        get
        {
            var excluded = Ask.View.Settings.Exclusions;
            var count = excluded.Addresses.Count + excluded.Domains.Count + excluded.SubjectWords.Count;
            return count switch
            {
                0 => "nothing, by the settings",
                1 => "one address, domain or subject word, by the settings",
                _ => $"{count} addresses, domains and subject words, by the settings",
            };
        }
    }

    string CommandText => "onbehalf query " + string.Join(' ', QueryText.Print(_answer.Query)
        .Select(text => $"--{text.Key} {Quoted(text.Value)}"));

    static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || "@.,:/_-+".Contains(c))
        ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
