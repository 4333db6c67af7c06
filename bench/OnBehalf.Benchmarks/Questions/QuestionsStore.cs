using System.Diagnostics;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>A real store with the mail of <see cref="QuestionsWorld"/>, stored and worked out as any other mail.</summary>
static class QuestionsStore
{
    const int Page = 20_000;

    /// <summary>The store of some millions of messages; made where it is not there yet.</summary>
    public static string Make(string folder, double millions)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FormattableString.Invariant($"questions-{millions}.db"));
        if (File.Exists(path)) return path;
        var watch = Stopwatch.StartNew();
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        using (var store = MailStore.Open(unfinished, StoreAccess.Write, TimeProvider.System))
            Fill(store, new((int)(millions * 1_000_000)));
        File.Move(unfinished, path);
        Console.WriteLine($"made {path} in {watch.Elapsed.TotalSeconds:0} s, {new FileInfo(path).Length / 1_048_576:N0} MiB");
        return path;
    }

    static void Fill(MailStore store, QuestionsWorld world)
    {
        var (settings, version) = store.Settings.Load();
        store.Settings.Save(settings with
        {
            Mailboxes = [.. Enumerable.Range(0, QuestionsWorld.Mailboxes)
                .Select(m => new MailboxSettings { Address = QuestionsWorld.Mailbox(m) })],
            AgentPatterns = [@"^agent\d+@acme\.example$"],
            CompanySchedule = [new ScheduleSettings { Zone = "Europe/Prague", Week = "Mon-Fri 08:00-12:00, 13:00-17:00" }],
            SlaPolicies = [new SlaSettings { Name = "Standard", FirstMinutes = 240 }],
        }, version);
        for (var mailbox = 0; mailbox < QuestionsWorld.Mailboxes; mailbox++)
        {
            var (facts, sends) = world.MailOf(mailbox, store.Addresses);
            var mail = store.Facts.Begin(ImportKind.Mail, "invented", store.Addresses.Find(QuestionsWorld.Mailbox(mailbox)));
            foreach (var page in facts.Chunk(Page)) mail.AppendMessages(page);
            mail.Finish();
            var audit = store.Facts.Begin(ImportKind.Audit, "invented");
            audit.AppendSends(sends);
            audit.Finish();
            if (mailbox % 50 == 49) Console.WriteLine($"stored {mailbox + 1} mailboxes");
        }
        Recompute.Run(store, CancellationToken.None);
    }
}

/// <summary>A clock that stands at the end of the invented mail.</summary>
sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => QuestionsWorld.End.ToDateTimeOffset();
}
