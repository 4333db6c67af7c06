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
}
