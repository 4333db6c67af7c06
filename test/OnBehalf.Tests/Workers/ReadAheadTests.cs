using System.Runtime.CompilerServices;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Workers;

/// <summary>
/// What is read ahead comes in order; a failure comes in its place; whoever stops early stops the reading; reading is
/// never more than a little ahead.
/// </summary>
public sealed class ReadAheadTests
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void Elements_come_in_order() =>
        Assert.Equal(Enumerable.Range(0, 1000), ReadAhead.Elements(Enumerable.Range(0, 1000), ready: 1));

    [Fact]
    public void A_failure_comes_behind_what_was_read_before_it()
    {
        var seen = new List<int>();
        Assert.Throws<InvalidDataException>(() => seen.AddRange(ReadAhead.Elements(Failing(3), ready: 2).Select(Note)));
        Assert.Equal([0, 1, 2], seen.Distinct());

        int Note(int element)
        {
            seen.Add(element);
            return element;
        }
    }

    [Fact]
    public void Whoever_stops_early_ends_the_reading()
    {
        var reading = new Endless();
        Assert.Equal([0, 1, 2], ReadAhead.Elements(reading.Numbers(), ready: 1).Take(3));
        Assert.True(reading.IsOver);
        Assert.InRange(reading.Read, 3, 6);
    }

    [Fact]
    public async Task Pages_come_in_order()
    {
        var seen = new List<int>();
        await using var pages = new AheadPages<int>(PagesOf(Enumerable.Range(0, 1000), Cancellation), Cancellation);
        await foreach (var page in pages.ReadAllAsync()) seen.Add(page);
        Assert.Equal(Enumerable.Range(0, 1000), seen);
    }

    [Fact]
    public async Task A_failure_comes_behind_the_pages_before_it()
    {
        var seen = new List<int>();
        await using var pages = new AheadPages<int>(PagesOf(Failing(3), Cancellation), Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var page in pages.ReadAllAsync()) seen.Add(page);
        });
        Assert.Equal([0, 1, 2], seen);
    }

    [Fact]
    public async Task Whoever_stops_early_ends_the_reading_of_pages()
    {
        var reading = new Endless();
        await using (var pages = new AheadPages<int>(PagesOf(reading.Numbers(), Cancellation), Cancellation))
            await foreach (var page in pages.ReadAllAsync())
                if (page == 2) break;
        Assert.True(reading.IsOver);
        Assert.InRange(reading.Read, 3, 6);
    }

    [Fact(Timeout = 60_000)] // Else it would wait for ever, not fail, where nobody reads.
    public async Task Pages_are_read_before_anybody_asks_for_them()
    {
        var began = new TaskCompletionSource();
        await using var pages = new AheadPages<int>(PagesOf(Saying(began), Cancellation), Cancellation);
        await began.Task.WaitAsync(Cancellation);
        var seen = new List<int>();
        await foreach (var page in pages.ReadAllAsync()) seen.Add(page);
        Assert.Equal([1], seen);

        static IEnumerable<int> Saying(TaskCompletionSource began)
        {
            began.SetResult();
            yield return 1;
        }
    }

    static IEnumerable<int> Failing(int after)
    {
        for (var i = 0; i < after; i++) yield return i;
        throw new InvalidDataException("Broken.");
    }

    static async IAsyncEnumerable<int> PagesOf(
        IEnumerable<int> pages, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var page in pages)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    sealed class Endless
    {
        public int Read { get; private set; }

        public bool IsOver { get; private set; }

        public IEnumerable<int> Numbers()
        {
            try
            {
                while (true) yield return Read++;
            }
            finally
            {
                IsOver = true;
            }
        }
    }
}
