using OnBehalf.Answers;

namespace OnBehalf.Tests.Web;

/// <summary>Pages and the pieces of long answers stand in one row.</summary>
public sealed class TurnsTests
{
    [Fact]
    public async Task A_piece_of_a_long_answer_waits_until_a_page_has_left_its_place()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (turns, leave, hasLeft) = (new Turns(), new TaskCompletionSource<int>(), false);
        // More pages than there can be places, so that all are taken.
        var pages = Enumerable.Range(0, Environment.ProcessorCount + 2).Select(_ => turns.TakeAsync(() => leave.Task, cancel)).ToList();
        await using var stream = turns.PiecesAsync(Pieces(), cancel).GetAsyncEnumerator(cancel);
        var first = stream.MoveNextAsync().AsTask();
        for (var i = 0; i < 1_000; i++) await Task.Run(() => { }, cancel); // Whatever may run now has run.
        Assert.False(first.IsCompleted);

        Volatile.Write(ref hasLeft, true);
        leave.SetResult(0);
        Assert.True(await first);
        Assert.True(stream.Current);
        await Task.WhenAll(pages);

        IEnumerable<bool> Pieces()
        {
            yield return Volatile.Read(ref hasLeft);
        }
    }

    [Theory]
    [InlineData(Turns.PagesBeforePiece, Turns.PagesBeforePiece)]     // no more pages than may go before
    [InlineData(3 * Turns.PagesBeforePiece, Turns.PagesBeforePiece)] // one page more would wait for ever longer
    public async Task Pages_that_come_later_go_before_a_piece_but_not_for_ever(int pages, int before)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (turns, gate, order) = (new Turns(), new Lock(), new List<string>());
        var leave = Enumerable.Range(0, Environment.ProcessorCount + 2).Select(_ => new TaskCompletionSource<int>()).ToList();
        var places = Math.Max(2, Environment.ProcessorCount);
        var taken = leave.Take(places).Select(l => turns.TakeAsync(() => l.Task, cancel)).ToList();
        await using var stream = turns.PiecesAsync(Pieces(), cancel).GetAsyncEnumerator(cancel);
        var piece = stream.MoveNextAsync().AsTask();
        var later = Enumerable.Range(0, pages).Select(_ => turns.TakeAsync(() => Noted("page"), cancel)).ToList();

        leave[0].SetResult(0); // One place, so that there is one order.
        await Task.WhenAll([piece, .. later]);
        foreach (var place in leave.Skip(1)) place.SetResult(0);
        await Task.WhenAll(taken);

        Assert.Equal(before, order.IndexOf("piece"));
        Assert.Equal(pages + 1, order.Count);

        Task<int> Noted(string what)
        {
            lock (gate) order.Add(what);
            return Task.FromResult(0);
        }

        IEnumerable<int> Pieces()
        {
            lock (gate) order.Add("piece");
            yield return 0;
        }
    }

    [Fact]
    public async Task Whoever_goes_away_while_waiting_leaves_the_place_to_the_next()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var gone = new CancellationTokenSource();
        var (turns, leave) = (new Turns(), new TaskCompletionSource<int>());
        var places = Math.Max(2, Environment.ProcessorCount);
        var taken = Enumerable.Range(0, places).Select(_ => turns.TakeAsync(() => leave.Task, cancel)).ToList();
        var impatient = turns.TakeAsync(() => Task.FromResult(1), gone.Token);
        var patient = turns.TakeAsync(() => Task.FromResult(2), cancel);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        leave.SetResult(0);

        Assert.Equal(2, await patient);
        await Task.WhenAll(taken);
        // Every place is free again: as many begin at once.
        var (begun, all) = (0, new TaskCompletionSource<int>());
        var together = Enumerable.Range(0, places).Select(_ => turns.TakeAsync(() =>
        {
            begun++;
            return all.Task;
        }, cancel)).ToList();
        Assert.Equal(places, begun);
        all.SetResult(0);
        await Task.WhenAll(together);
    }
}
