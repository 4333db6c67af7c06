using NodaTime;
using NodaTime.Text;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// What to ask an audit service for: from where reading had come, with an overlap for what arrives late, in slices that
/// the service takes.
/// </summary>
static class AuditSpan
{
    static readonly InstantPattern Pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>The slices, oldest first; they join without a gap.</summary>
    /// <param name="from">From when on.</param>
    /// <param name="until">Until when.</param>
    /// <param name="longest">The longest slice.</param>
    public static IEnumerable<(Instant From, Instant Until)> Slices(Instant from, Instant until, Duration longest)
    {
        for (var start = from; start < until;)
        {
            var end = Instant.Min(start + longest, until);
            yield return (start, end);
            start = end;
        }
    }

    /// <summary>A time as both services write it.</summary>
    public static string Text(Instant at) => Pattern.Format(at);

    /// <summary>The time that <see cref="Text"/> wrote; null where it is none.</summary>
    public static Instant? Parse(string? text) =>
        text is not null && Pattern.Parse(text) is { Success: true } read ? read.Value : null;
}
