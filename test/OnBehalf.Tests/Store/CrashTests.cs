using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

public sealed class CrashTests
{
    const int Kills = 8;

    [Theory, InlineData(1), InlineData(2)]
    public void A_writer_killed_at_any_instant_loses_nothing_that_it_reported(int seed)
    {
        using var file = new StoreFile();
        var random = new Random(seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var (imported, found) = AppendAndKill(file.Path, random.Next(1, 40), random.Next(400_000));
            Examine(file, imported, found, kill);
        }
    }

    // Reads some lines, lets it run on a little, kills it, and reads what it had still said.
    static (long Imported, long Found) AppendAndKill(string path, int lines, int spins)
    {
        using var child = StoreChild.Start("append", path);
        var (imported, found) = (0L, 0L);
        for (var line = 0; child.StandardOutput.ReadLine() is { } said; line++)
        {
            if (said.Split(' ') is not [var what, var text]) throw new InvalidDataException(said);
            var number = long.Parse(text, CultureInfo.InvariantCulture);
            if (what == "imported") imported = number;
            else found = number;
            if (line + 1 != lines) continue;
            Thread.SpinWait(spins);
            child.Kill();
        }
        child.WaitForExit();
        Assert.NotEqual(0, child.ExitCode);
        Assert.True(imported > 0, child.StandardError.ReadToEnd());
        return (imported, found);
    }

    static void Examine(StoreFile file, long imported, long found, int kills)
    {
        using var store = file.Write();
        Assert.Empty(store.Check());
        var counts = Assert.Single(store.Facts.Counts());
        Assert.True(counts.Messages >= imported, $"{counts.Messages} stored, {imported} reported");
        Assert.Equal(0, counts.Messages % StoreChild.PageSize);
        Assert.Equal(0, counts.Repeats);

        var imports = store.Facts.Imports();
        Assert.Equal(kills, imports.Count);
        Assert.All(imports, import => Assert.Null(import.EndedAt));
        Assert.Equal(counts.Messages, imports.Sum(import => import.Added));
        Assert.Equal(counts.Messages / StoreChild.PageSize, imports.Sum(import => import.Damaged));

        var expected = SomeFacts.Messages(0, checked((int)counts.Messages), new());
        var ids = store.Facts.ReadJoins(counts.Mailbox).Select(join => join.FactId).ToArray();
        var stored = store.Facts.ReadFacts(counts.Mailbox, ids);
        Assert.Equal(expected.Select(fact => fact.Digest), stored.Select(fact => fact.Digest));

        var segments = store.Findings.ReadSegments().Select(segment => BitConverter.ToInt64(segment.Bytes)).ToArray();
        var ground = store.Findings.Ground(store.Settings.Rules(), 1).Single();
        Assert.True(segments.Length is 3 || (segments.Length is 0 && found == 0), $"{segments.Length} segments");
        Assert.All(segments, generation => Assert.Equal(segments[0], generation));
        Assert.All(segments, generation => Assert.True(generation >= found));
        var isBehind = segments.Length == 0 || segments[0] < ground.Generation;
        Assert.Equal(isBehind, ground.Because != DirtyBecause.Nothing);
    }

    [Fact]
    public void A_dead_holder_blocks_nobody()
    {
        using var file = new StoreFile();
        using (var child = StoreChild.Start("hold", file.Path))
        {
            Assert.Equal("holding", child.StandardOutput.ReadLine());
            child.Kill();
            child.WaitForExit();
        }
        using var store = file.Write();
        Assert.Empty(store.Facts.Imports());
    }

    [Fact]
    public void A_second_program_is_told_who_writes()
    {
        using var file = new StoreFile();
        using var child = StoreChild.Start("hold", file.Path);
        Assert.Equal("holding", child.StandardOutput.ReadLine());
        var mistake = Assert.Throws<Mistake>(() => file.Write());
        Assert.Equal("busy", mistake.Code);
        Assert.Contains($"process {child.Id} (", mistake.Message, StringComparison.Ordinal);
        using (var reader = file.Read()) Assert.Empty(reader.Facts.Imports());
        child.StandardInput.Close();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        file.Write().Dispose();
    }

    [Fact]
    public void A_writer_whose_disk_is_full_says_so_and_what_it_reported_is_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell's limit on a file's size stands for a full disk.");
        using var file = new StoreFile();
        // Blocks of 512 bytes; a process that ignores the signal gets an error from write, as on a full disk.
        using var child = StoreChild.Start("append", file.Path, "trap '' XFSZ; ulimit -f 1500");
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.Equal(3, child.ExitCode);
        Assert.StartsWith("unavailable: ", lines[^1], StringComparison.Ordinal);
        Assert.Contains(file.Path, lines[^1], StringComparison.Ordinal);
        var imported = lines.Count(line => line.StartsWith("imported", StringComparison.Ordinal));
        Assert.True(imported > 0);
        using var store = file.Write();
        Assert.Empty(store.Check());
        Assert.Equal(imported * StoreChild.PageSize, store.Facts.Counts()[0].Messages);
    }
}
