using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

/// <summary>A folder of its own for a store, gone afterwards.</summary>
sealed class StoreFile : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-store-").FullName;

    /// <summary>Where the store is.</summary>
    public string Path => System.IO.Path.Combine(_folder, "mail.db");

    /// <summary>The clock that stores opened here go by.</summary>
    public HandClock Clock { get; } = new();

    /// <summary>Opens it to write.</summary>
    public MailStore Write(WriterTurn? turn = null) => MailStore.Open(Path, StoreAccess.Write, Clock, turn);

    /// <summary>Opens it to read.</summary>
    public MailStore Read() => MailStore.Open(Path, StoreAccess.Read, Clock);

    /// <summary>Appends messages as one import of one page.</summary>
    public static Appended Append(MailStore store, AddressId mailbox, params IReadOnlyList<MessageFact> messages)
    {
        var import = store.Facts.Begin(ImportKind.Mail, "a test", mailbox);
        var appended = import.AppendMessages(messages);
        import.Finish();
        return appended;
    }

    /// <summary>Appends some messages to the mailbox of support.</summary>
    public void Fill(int messages)
    {
        using var store = Write();
        var support = store.Addresses.Intern("support@acme.example");
        Append(store, support, SomeFacts.Messages(0, messages, store.Addresses));
    }

    /// <summary>The mistake that an action makes.</summary>
    public static Mistake MistakeOf(Action action) => Assert.Throws<Mistake>(action);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>A clock that moves when somebody waits, by as long as they wait: nobody really does.</summary>
sealed class HandClock : TimeProvider
{
    long _ticks = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_ticks, TimeSpan.Zero);

    public override long GetTimestamp() => _ticks;

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan by) => _ticks += by.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ticks += Math.Max(0, dueTime.Ticks);
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
