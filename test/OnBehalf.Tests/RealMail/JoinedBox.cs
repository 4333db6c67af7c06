using System.Collections.Concurrent;
using System.Text.Json;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Statistics;
using OnBehalf.Tests.Sources.Files;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.RealMail;

/// <summary>A real mailbox, read by our reader and joined by our rules, with what another program found out about it.</summary>
/// <param name="Mail">What was read.</param>
/// <param name="Facts">Each message once, the first sighting of it, as the other program keeps it.</param>
/// <param name="Threads">How they belong together; message <c>m</c> is <see cref="this[int]"/>.</param>
/// <param name="Truth">The other program's figures.</param>
sealed record JoinedBox(MailRead Mail, IReadOnlyList<MessageFact> Facts, Threads Threads, JsonElement Truth)
{
    static readonly ConcurrentDictionary<string, Lazy<Task<JoinedBox>>> Boxes = new();

    /// <summary>Every mailbox of the real data that has a truth beside it.</summary>
    public static TheoryData<string> Names =>
        ["mbox/alsa-devel.headers", "mbox/samba-technical", "mbox/spamassassin-easy-ham-2002", "threads/twisted-web"];

    /// <summary>The mailbox of this name, read once for all tests.</summary>
    public static Task<JoinedBox> OfAsync(string name) => Boxes.GetOrAdd(name, n => new(() => ReadAsync(n))).Value;

    static async Task<JoinedBox> ReadAsync(string name)
    {
        var path = RealData.Find(name + ".mbox.gz");
        var mail = await MailRead.PathsAsync([path]);
        var truthPath = RealData.Find(name + ".truth.json");
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(truthPath, TestContext.Current.CancellationToken));
        List<MessageFact> facts = [.. mail.Messages.DistinctBy(f => f.Key).Select((f, i) => f with { FactId = i })];
        return new(mail, facts, ConversationBuilder.Build(facts.Select(f => f.ToJoinKeys())), truth.RootElement.Clone());
    }

    /// <summary>The fact of a message of <see cref="Threads"/>.</summary>
    public MessageFact this[int message] => Facts[(int)Threads.FactOf(message)];

    /// <summary>Messages of <see cref="Threads"/>.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, Threads.MessageCount);

    /// <summary>The parent that headers name, or -1: the other program knows no other joins.</summary>
    public int ParentOf(int message) =>
        Threads.RuleOf(message) is JoinRule.InReplyTo or JoinRule.References ? Threads.ParentOf(message) : -1;

    /// <summary>The first of the thread that headers make.</summary>
    public int RootOf(int message)
    {
        while (ParentOf(message) is var parent and >= 0) message = parent;
        return message;
    }

    /// <summary>Seconds from one message to a later one; null when one of them has no usable date.</summary>
    public int? Seconds(int from, int to) =>
        (this[to].At - this[from].At) is { } apart ? (int)apart.TotalSeconds : null;

    /// <summary>Where our distribution is not the other program's, to its last digit.</summary>
    public static IEnumerable<string> Differences(string name, JsonElement truth, int[] values)
    {
        List<(string Field, double? Ours)> ours = [("n", values.Length)];
        if (values.Length > 0)
        {
            ours.AddRange([("mean", Math.Round(values.Average(), 3)), ("min", values.Min()), ("max", values.Max())]);
            foreach (var percent in (int[])[25, 50, 75, 90, 95, 99])
                ours.Add((percent == 50 ? "median_linear" : $"p{percent}_linear", Percentiles.Find(values, percent / 100.0)));
        }
        foreach (var (field, value) in ours)
            if (Math.Abs(truth.GetProperty(field).GetDouble() - value!.Value) > 0.005)
                yield return $"{name} {field}: {truth.GetProperty(field)}, here {value}";
    }
}
