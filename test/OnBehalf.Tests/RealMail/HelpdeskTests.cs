using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Engine;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Statistics;
using OnBehalf.Sources.Files;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.RealMail;

/// <summary>
/// A real list of 7,116 messages that all come from one address, against figures that another program took. Its
/// definitions differ from ours in named rules; each is applied here to our own joins, dates and authors, and then
/// the figures must be equal to the last digit.
/// </summary>
public sealed class HelpdeskTests
{
    internal const string Mailbox = "samba-technical@lists.samba.org";
    internal const string AgentPattern = @"@(samba\.org|sernet\.de|catalyst\.net\.nz)$";

    internal static readonly Lazy<Task<(Addresses Addresses, List<Walk> Walks)>> Walked = new(WalkAsync);

    static async Task<(Addresses, List<Walk>)> WalkAsync()
    {
        var addresses = new Addresses();
        var source = new FileMailSource(
            [RealData.Find("mbox/samba-technical.mbox.gz")], new() { AuthorHeaders = ["Reply-To"] }, addresses, null);
        var facts = new List<MessageFact>();
        await foreach (var page in source.ReadAsync(TestContext.Current.CancellationToken))
            foreach (var message in page.Messages) facts.Add(message with { FactId = facts.Count + 1 });
        var settings = new Settings
        {
            Mailboxes = [new() { Address = Mailbox, SilenceDays = new(null) }],
            AgentPatterns = [AgentPattern],
        };
        var rules = new RuleBook(settings, addresses, hasAudit: false).RulesFor(addresses.Find(Mailbox));
        return (addresses, [.. Corridor.WalkMailbox(facts, [], rules, addresses)]);
    }

    /// <summary>Who wrote each message by the other program, which also goes by the display name before "via".</summary>
    internal static Dictionary<string, string> TheirActors()
    {
        using var gzip = new GZipStream(
            File.OpenRead(RealData.Find("mbox/samba-technical.attribution.csv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        reader.ReadLine();
        var actors = new Dictionary<string, string>();
        var row = new Regex("^(?<id>[^,]*),[^,]*,(\"[^\"]*\"|[^,]*),[01],(?<actor>[^,]*),", RegexOptions.ExplicitCapture);
        while (reader.ReadLine() is { } line)
            if (row.Match(line) is { Success: true } match)
                actors.TryAdd(match.Groups["id"].Value, match.Groups["actor"].Value);
        return actors;
    }

    internal static bool IsAgent(string actor) => Regex.IsMatch(actor, AgentPattern);

    internal sealed record Message(string Actor, long At, int Parent, JoinRule Rule, string Id);

    /// <summary>The other program's conversations: our joins and dates, their authors, their one rule that differs.</summary>
    static async Task<List<(int Root, List<Message> Messages)>> TheirConversationsAsync()
    {
        var actors = TheirActors();
        var (_, walks) = await Walked.Value;
        var conversations = new List<(int, List<Message>)>();
        foreach (var walk in walks)
        {
            var messages = walk.Conversation.Messages.Select(m => new Message(
                actors[m.Fact.MessageId], m.Fact.At!.Value.ToUnixTimeSeconds(), m.Parent, m.Rule, m.Fact.MessageId)).ToList();
            conversations.AddRange(SplitWhereOnlyTheIndexJoins(messages));
        }
        return conversations;
    }

    // They join by In-Reply-To and References only; we also join by Thread-Index (conversationIndex).
    internal static IEnumerable<(int Root, List<Message> Messages)> SplitWhereOnlyTheIndexJoins(List<Message> messages)
    {
        var roots = new int[messages.Count];
        for (var i = 0; i < messages.Count; i++)
        {
            var at = i;
            while (messages[at].Rule is JoinRule.InReplyTo or JoinRule.References) at = messages[at].Parent;
            roots[i] = at;
        }
        foreach (var group in Enumerable.Range(0, messages.Count).GroupBy(i => roots[i]))
        {
            var places = group.ToList();
            yield return (
                places.IndexOf(group.Key),
                [.. places.Select(i => messages[i] with { Parent = places.IndexOf(messages[i].Parent) })]);
        }
    }

    internal static JsonElement Truth() => JsonDocument.Parse(
        File.ReadAllText(RealData.Find("mbox/samba-technical.helpdesk.json"))).RootElement;

    [Fact]
    public async Task With_their_rule_for_display_names_the_counts_are_theirs()
    {
        var conversations = await TheirConversationsAsync();
        var all = conversations.SelectMany(c => c.Messages).ToList();
        var customer = conversations.Where(c => !IsAgent(c.Messages[c.Root].Actor)).ToList();
        Assert.Equal(Truth().GetProperty("messages_deduped").GetInt32(), all.Count);
        Assert.Equal(Truth().GetProperty("agents_seen").GetInt32(), all.Select(m => m.Actor).Where(IsAgent).Distinct().Count());
        Assert.Equal(Truth().GetProperty("agent_messages").GetInt32(), all.Count(m => IsAgent(m.Actor)));
        Assert.Equal(Truth().GetProperty("conversations").GetInt32(), conversations.Count);
        Assert.Equal(Truth().GetProperty("customer_threads").GetInt32(), customer.Count);
        Assert.Equal(
            Truth().GetProperty("unanswered_by_agents").GetInt32(),
            customer.Count(c => !c.Messages.Any(m => IsAgent(m.Actor))));
    }

    [Fact]
    public async Task With_their_rule_for_display_names_the_first_responses_are_theirs()
    {
        var firsts = new List<(string Agent, int Seconds)>();
        foreach (var (root, messages) in await TheirConversationsAsync())
        {
            if (IsAgent(messages[root].Actor)) continue;
            var began = messages[root].At;
            if (messages.Where(m => IsAgent(m.Actor) && m.At >= began).MinBy(m => m.At) is { } first)
                firsts.Add((first.Actor, (int)(first.At - began)));
        }
        Same(Truth().GetProperty("first_response_seconds"), firsts.Select(f => f.Seconds));
        foreach (var pair in Truth().GetProperty("first_responses_per_agent_top15").EnumerateArray())
            Assert.Equal(pair[1].GetInt32(), firsts.Count(f => f.Agent == pair[0].GetString()));
    }

    [Fact]
    public async Task With_their_rule_for_display_names_the_replies_are_theirs()
    {
        var replies = new List<(string Agent, int Seconds)>();
        foreach (var (_, messages) in await TheirConversationsAsync())
            foreach (var m in messages)
            {
                if (m.Rule != JoinRule.InReplyTo || !IsAgent(m.Actor) || IsAgent(messages[m.Parent].Actor)) continue;
                if (m.At >= messages[m.Parent].At) replies.Add((m.Actor, (int)(m.At - messages[m.Parent].At)));
            }
        Same(Truth().GetProperty("agent_reply_seconds"), replies.Select(r => r.Seconds));
        foreach (var row in Truth().GetProperty("agent_replies_top15").EnumerateArray())
        {
            int[] own = [.. replies.Where(r => r.Agent == row.GetProperty("agent").GetString()).Select(r => r.Seconds)];
            Assert.Equal(row.GetProperty("n").GetInt32(), own.Length);
            Assert.Equal(row.GetProperty("median_linear").GetDouble(), Percentiles.Find(own, 0.5)!.Value, 3);
            Assert.Equal(row.GetProperty("p90_linear").GetDouble(), Percentiles.Find(own, 0.9)!.Value, 3);
        }
    }

    static void Same(JsonElement truth, IEnumerable<int> values)
    {
        int[] seconds = [.. values];
        Assert.Equal(truth.GetProperty("n").GetInt32(), seconds.Length);
        Assert.Equal(truth.GetProperty("mean").GetDouble(), seconds.Average(), 3);
        (string, double)[] fractions =
            [("p25", .25), ("median", .5), ("p75", .75), ("p90", .9), ("p95", .95), ("p99", .99)];
        foreach (var (name, fraction) in fractions)
            Assert.Equal(truth.GetProperty(name + "_linear").GetDouble(), Percentiles.Find(seconds, fraction)!.Value, 2);
    }

    /// <summary>
    /// The two rules in which our authors differ: a Reply-To that names only the mailbox names nobody, and one that
    /// names another list names that list. They go by the display name in both, which is a guess.
    /// </summary>
    [Fact]
    public async Task Our_authors_differ_from_theirs_only_where_they_guess_by_display_name()
    {
        var theirs = TheirActors();
        var (addresses, walks) = await Walked.Value;
        var (same, nobody, otherList) = (0, 0, 0);
        foreach (var message in walks.SelectMany(w => w.Messages))
        {
            var ours = addresses[message.Author];
            if (ours == theirs[message.Fact.MessageId]) same++;
            else if (ours.EndsWith("@lists.samba.org", StringComparison.Ordinal)) otherList++;
            else
            {
                Assert.Equal("", ours);
                Assert.Equal(Direction.Outbound, message.Direction);
                nobody++;
            }
        }
        var guessed = JsonDocument.Parse(File.ReadAllText(RealData.Find("mbox/samba-technical.attribution.json")))
            .RootElement.GetProperty("actor_source_counts");
        Assert.Equal(guessed.GetProperty("replyto").GetInt32(), same + Repeats(guessed, same + nobody + otherList));
        Assert.Equal(
            guessed.GetProperty("display+map").GetInt32() + guessed.GetProperty("display").GetInt32(), nobody + otherList);
    }

    // Their counts are of sightings, ours of messages, each id once.
    static int Repeats(JsonElement counts, int messages) =>
        counts.EnumerateObject().Sum(source => source.Value.GetInt32()) - messages;
}
