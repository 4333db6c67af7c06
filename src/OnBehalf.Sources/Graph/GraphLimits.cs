namespace OnBehalf.Sources.Graph;

/// <summary>How much is asked of Graph at a time, and how much is believed of its answers.</summary>
static class GraphLimits
{
    /// <summary>
    /// Messages asked for in a page. Five hundred with headers are about five megabytes; larger pages end in 504 now and
    /// then (Graph, "List messages").
    /// </summary>
    public const int PageSize = 500;

    /// <summary>Bytes of a page; a longer answer is refused while it is being read.</summary>
    public const int Page = 32 * 1024 * 1024;

    /// <summary>Attempts at a page that breaks off or is no JSON.</summary>
    public const int PageAttempts = 3;

    /// <summary>Pages of one round of a folder: ten thousand hold five million messages.</summary>
    public const int PagesOfRound = 10_000;

    /// <summary>Pages in a row that hold nothing and still lead on.</summary>
    public const int EmptyPagesInRow = 100;

    /// <summary>Times that a folder is begun anew within a round because its token is unknown.</summary>
    public const int Restarts = 2;

    /// <summary>Folders of a mailbox; Exchange allows 10,000 at one level and advises against it.</summary>
    public const int Folders = 20_000;

    /// <summary>Letters of a link.</summary>
    public const int Link = 8 * 1024;

    /// <summary>
    /// Messages that a delta round with a filter gives at most (Graph, "message: delta", section "Query parameters").
    /// </summary>
    public const int FilteredRound = 5_000;

    /// <summary>Bytes of the headers of one message that are looked at.</summary>
    public const int HeaderBlock = 256 * 1024;
}
