namespace OnBehalf.Engine.Conversations;

/// <summary>Keeps a page of numbers.</summary>
/// <param name="page">Its number, from 0.</param>
/// <param name="numbers">All pages have the same length.</param>
public delegate void PutPage(long page, ReadOnlySpan<int> numbers);

/// <summary>Gives back a page of numbers that was kept.</summary>
/// <param name="page">Its number.</param>
/// <param name="numbers">Where it goes.</param>
public delegate void TakePage(long page, Span<int> numbers);

/// <summary>
/// Room outside memory for what joining a mailbox of millions knows of each message, so that memory does not grow with the
/// mailbox. The engine writes no files; whoever has a disk gives it one.
/// </summary>
/// <param name="put">Keeps a page; what it throws comes out of joining.</param>
/// <param name="take">Gives one back.</param>
/// <param name="pagesAtHand">How many pages of each list of numbers stay in memory; at least 1.</param>
/// <param name="pageBits">A page has two to the power of this many numbers, of four bytes.</param>
public sealed class Spill(PutPage put, TakePage take, int pagesAtHand = Spill.UsualPages, int pageBits = Spill.UsualBits)
{
    /// <summary>Three megabytes of each list: what 786,432 messages need, and mail answers what is not much older.</summary>
    public const int UsualPages = 48;

    /// <summary>Pages of 64 KB.</summary>
    public const int UsualBits = 14;

    long _pages;

    internal int PagesAtHand { get; } = pagesAtHand;

    internal int PageBits { get; } = pageBits;

    internal long NextPage() => _pages++;

    internal void Put(long page, ReadOnlySpan<int> numbers) => put(page, numbers);

    internal void Take(long page, Span<int> numbers) => take(page, numbers);
}
