using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>Writes bookmarks, within the transaction of what they stand behind.</summary>
static class Bookmarks
{
    /// <summary>Keeps each, or drops it where its text is null.</summary>
    public static void Write(
        Sqlite database, IReadOnlyList<(AddressId Account, string Place, string? Text)> bookmarks)
    {
        if (bookmarks.Count == 0) return;
        using var save = database.Prepare("Bookmarks.Save.sql");
        using var drop = database.Prepare("Bookmarks.Drop.sql");
        foreach (var (account, place, text) in bookmarks)
            if (text is null) drop.Bind(1, account.Value).Bind(2, place).Execute();
            else save.Bind(1, account.Value).Bind(2, place).Bind(3, text).Execute();
    }
}
