using OnBehalf.Engine.Conversations;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

// What joining puts beside the database · comes back · nobody sees it · folders that take none · a full disk.
public sealed class SpillFileTests : IDisposable
{
    readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_is_put_in_comes_back()
    {
        using var store = _file.Write();
        using var spill = SpillFile.TryOpen(store)!;
        int[] Page(int number) => [.. Enumerable.Range(number * 7, 1 << Spill.UsualBits)];
        foreach (var page in new[] { 0, 3, 1, 2 }) spill.Pages.Put(page, Page(page));
        spill.Pages.Put(1, Page(9));

        var taken = new int[Page(0).Length];
        foreach (var (page, says) in new[] { (2, 2), (1, 9), (0, 0), (3, 3) })
        {
            spill.Pages.Take(page, taken);
            Assert.Equal(Page(says), taken);
        }
    }

    [Fact]
    public void A_mailbox_is_joined_with_it_as_without()
    {
        _file.Fill(300);
        using var store = _file.Read();
        var mailbox = store.Facts.Mailboxes().Single();
        using var spill = SpillFile.TryOpen(store, pagesAtHand: 2, pageBits: 3)!;
        var expected = ConversationBuilder.Build(store.Facts.ReadJoins(mailbox), 300);
        var found = ConversationBuilder.Build(store.Facts.ReadJoins(mailbox), 300, keysAtATime: 50, spill.Pages);
        string Told(Threads threads) => string.Join('\n', Enumerable.Range(0, threads.MessageCount).Select(message =>
            $"{threads.FactOf(message)} {threads.ParentOf(message)} {threads.RuleOf(message)} {threads.PlaceOf(message)}"));
        Assert.Equal(Told(expected), Told(found));
        Assert.True(expected.ConversationCount is > 1 and < 300);
    }

    [Fact]
    public void Nothing_of_it_stays_beside_the_database()
    {
        using var store = _file.Write();
        var before = Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Order().ToList();
        using (var spill = SpillFile.TryOpen(store)!)
        {
            spill.Pages.Put(0, [1, 2, 3]);
            // Even while it is used it has no name, so that a killed process leaves none.
            if (!OperatingSystem.IsWindows()) Assert.Equal(before, Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Order());
        }
        Assert.Equal(before, Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Order());
    }

    [Fact]
    public void Where_no_file_can_be_there_is_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a folder in use cannot be moved away.");
        using var store = _file.Write();
        var folder = Path.GetDirectoryName(_file.Path)!;
        Directory.Move(folder, folder + "-away");
        try
        {
            Assert.Null(SpillFile.TryOpen(store));
        }
        finally
        {
            Directory.Move(folder + "-away", folder);
        }
    }

    [Fact]
    public void A_full_disk_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell's limit on a file's size stands for a full disk.");
        _file.Fill(1);
        using var child = StoreChild.Start("spill", _file.Path, "trap '' XFSZ; ulimit -f 1500");
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.Equal(3, child.ExitCode);
        Assert.StartsWith($"unavailable: {_file.Path}-joining-", lines[^1], StringComparison.Ordinal);
        Assert.Contains("onbehalf rebuild", lines[^1], StringComparison.Ordinal);
    }
}
