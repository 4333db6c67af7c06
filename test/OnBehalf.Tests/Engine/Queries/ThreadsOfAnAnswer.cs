using NodaTime;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Tests.Engine.Segments;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>Who works on a long answer.</summary>
public class ThreadsOfAnAnswer
{
    /// <summary>In each of two mailboxes: together more messages than one thread is left alone with.</summary>
    const int Conversations = 10_000;

    /// <summary>For a right answer nobody waits so long, whatever the machine.</summary>
    static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    [Fact]
    public void Whoever_asks_works_too_and_never_sleeps_until_others_find_a_thread()
    {
        var some = new SomeFindings(1);
        var segments = some.Mailboxes.Take(2)
            .SelectMany(m => SegmentWriter.Pack(m, some.Likely(Conversations, 1 + m.Value * 1_000_000L))).Select(Segment.Open).ToList();
        var query = new MetricQuery
        {
            Metrics = ["received"],
            From = Instant.FromUnixTimeSeconds(segments.Min(segment => segment.MinAt)),
            To = Instant.FromUnixTimeSeconds(segments.Max(segment => segment.MaxAt) + 1),
            AsOf = Instant.FromUnixTimeSeconds(segments.Max(segment => segment.MaxAt) + 1),
        };
        var asker = Environment.CurrentManagedThreadId;
        using var works = new ManualResetEventSlim();

        var answer = new SegmentQuery(some.Addresses, _ => Clocks).Answer(query, segments, () =>
        {
            if (Environment.CurrentManagedThreadId == asker) works.Set();
            else Assert.True(works.Wait(LongEnough), "The thread that asked does nothing.");
        });

        Assert.True(works.IsSet);
        Assert.True(answer.Totals[0].Count > 0);
    }

    static readonly WaitClocks Clocks = new(new MailboxRules { Mailbox = default, Roles = new([], []), Hours = [] });
}
