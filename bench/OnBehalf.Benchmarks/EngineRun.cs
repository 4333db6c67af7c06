using System.Diagnostics;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Responses;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;
using OnBehalf.Sources.Files;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Benchmarks;

/// <summary>
/// The engine alone, on one thread: facts in memory to findings, <c>engine MBOX MAILBOX AGENTS</c>. Reading the file is
/// not timed.
/// </summary>
static class EngineRun
{
    const int Runs = 31;

    // Passes until the compiler has seen what runs often.
    const int WarmUps = 10;

    public static async Task RunAsync(string[] args)
    {
        var (file, mailbox, agents) = (args[0], args[1], args[2]);
        var addresses = new Addresses();
        var facts = await ReadAsync(file, addresses);
        var settings = new Settings { Mailboxes = [new() { Address = mailbox }], AgentPatterns = [agents] };
        var rules = new RuleBook(settings, addresses, hasAudit: false).RulesFor(addresses.Intern(mailbox));

        var seconds = new double[Runs];
        var (findings, allocated) = (0L, 0L);
        for (var run = -WarmUps; run < Runs; run++)
        {
            var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            findings = Corridor.WalkMailbox(facts, [], rules, addresses).Sum(walk => (long)walk.Findings.Count);
            seconds[Math.Max(run, 0)] = watch.Elapsed.TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(seconds);
        Say("facts", $"{facts.Count:N0}; {findings:N0} messages");
        Say("engine alone, median", $"{findings / seconds[Runs / 2]:N0} messages/s");
        Say("engine alone, best and worst", $"{findings / seconds[0]:N0} and {findings / seconds[^1]:N0} messages/s");
        Say("allocated", $"{allocated / findings:N0} bytes a message");
        foreach (var (step, share, bytes) in Steps(facts, rules, addresses))
            Say($"  {step}", $"{share * 1e9 / findings:N0} ns and {bytes / findings:N0} bytes a message");
    }

    /// <summary>The same by step: the median of each, which together are a little more than the whole.</summary>
    static IEnumerable<(string Step, double Seconds, long Bytes)> Steps(List<MessageFact> facts, MailboxRules rules, Addresses addresses)
    {
        string[] names = ["join", "gather", "attribute", "find responses", "measure waits", "write findings"];
        var times = names.Select(_ => new double[Runs]).ToArray();
        var bytes = new long[names.Length];
        for (var run = 0; run < Runs; run++)
        {
            var (watch, step, before) = (Stopwatch.StartNew(), 0, GC.GetAllocatedBytesForCurrentThread());
            void Lap()
            {
                times[step][run] = watch.Elapsed.TotalSeconds;
                bytes[step++] = GC.GetAllocatedBytesForCurrentThread() - before;
                before = GC.GetAllocatedBytesForCurrentThread();
                watch.Restart();
            }
            var held = new HeldMailbox(facts);
            var threads = ConversationBuilder.Build(held.Keys(), facts.Count);
            Lap();
            var conversations = new Conversation[threads.ConversationCount];
            Func<long, MessageFact> factAt = held.FactAt;
            for (var i = 0; i < conversations.Length; i++)
            {
                held.Prepare(threads, i);
                conversations[i] = Conversation.Gather(threads, i, factAt);
            }
            Lap();
            var messages = Array.ConvertAll(conversations, c => Attributor.Attribute(c, rules, AuditBook.Empty, addresses));
            Lap();
            var responses = Array.ConvertAll(messages, m => ResponseFinder.Find(m, rules));
            Lap();
            var meter = new WaitMeter(new WaitClocks(rules), new Sla(rules.Policies), addresses);
            var waits = messages.Zip(responses, meter.Measure).ToArray();
            Lap();
            var writer = new FindingWriter(rules);
            var findings = conversations.Select((c, i) => writer.Write(c, messages[i], responses[i], waits[i])).ToArray();
            Lap();
        }
        foreach (var time in times) Array.Sort(time);
        return names.Select((name, step) => (name, times[step][Runs / 2], bytes[step]));
    }

    static async Task<List<MessageFact>> ReadAsync(string file, Addresses addresses)
    {
        var facts = new List<MessageFact>();
        await foreach (var page in new FileMailSource([file], new(), addresses, null).ReadAsync(default))
            foreach (var message in page.Messages) facts.Add(message with { FactId = facts.Count + 1 });
        return facts;
    }

    static void Say(string what, string value) => Console.WriteLine($"{what,-48} {value}");
}
