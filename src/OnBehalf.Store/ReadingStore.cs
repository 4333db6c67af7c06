using NodaTime;
using OnBehalf.Engine.Setups;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>How far the audit log was read, by whom, and which spans of it never were.</summary>
public sealed class ReadingStore
{
    readonly MailStore _store;

    internal ReadingStore(MailStore store) => _store = store;

    /// <summary>The interfaces of the audit log that were asked.</summary>
    public IReadOnlyList<AuditReading> All()
    {
        using var statement = _store.Database.Prepare("ReadingStore.All.sql");
        var readings = new List<AuditReading>();
        while (statement.Step())
            readings.Add(new()
            {
                Source = statement.Text(0),
                Kept = Duration.FromSeconds(statement.Long(1)),
                AskedAt = Instant.FromUnixTimeSeconds(statement.Long(2)),
                Problem = statement.TextOrNull(3),
            });
        return readings;
    }

    /// <summary>The spans that were read, in order, by whatever way.</summary>
    public IReadOnlyList<Interval> Windows()
    {
        using var statement = _store.Database.Prepare("ReadingStore.Windows.sql");
        var windows = new List<Interval>();
        while (statement.Step())
            windows.Add(new(Instant.FromUnixTimeSeconds(statement.Long(0)), Instant.FromUnixTimeSeconds(statement.Long(1))));
        return windows;
    }

    /// <summary>Notes that an interface was asked, and how that ended.</summary>
    /// <param name="import">The number of its import.</param>
    /// <param name="kept">How long it keeps records.</param>
    /// <param name="problem">What it ended with, in words; null when all was well.</param>
    public void Note(long import, Duration kept, string? problem) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("ReadingStore.Note.sql")
            .Bind(1, import).Bind(2, (long)kept.TotalSeconds).Bind(3, _store.Now).Bind(4, problem);
        return statement.Execute();
    });

    /// <summary>Notes a span that was read, joined with what it overlaps or touches; within the transaction of its records.</summary>
    internal static void Add(Sqlite database, long import, Interval window)
    {
        var (start, finish) = (window.Start.ToUnixTimeSeconds(), window.End.ToUnixTimeSeconds());
        using (var near = database.Prepare("ReadingStore.Near.sql").Bind(1, import).Bind(2, start).Bind(3, finish))
            if (near.Step() && !near.IsNull(0))
                (start, finish) = (Math.Min(start, near.Long(0)), Math.Max(finish, near.Long(1)));
        using (var drop = database.Prepare("ReadingStore.Drop.sql").Bind(1, import).Bind(2, start).Bind(3, finish)) drop.Execute();
        using var add = database.Prepare("ReadingStore.Add.sql").Bind(1, import).Bind(2, start).Bind(3, finish);
        add.Execute();
    }
}
