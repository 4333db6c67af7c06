using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Statistics;
using OnBehalf.Tests.Cli;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.RealMail;

/// <summary>
/// The program's own report of the list, by its own definitions, against the figures of the other program. Where a
/// conversation or a reply comes out differently, a rule of docs/real-mail.md says why; none is left over.
/// </summary>
public sealed class OwnReportTests
{
    const string Guessed = "A display name names nobody";
    const string Nature = "Only people wait and answer";
    const string Same = "the same";

    /// <summary>One conversation as both see it: first responses by Message-ID, in seconds.</summary>
    sealed record Pair(Walk Walk, Dictionary<string, int> Theirs, Dictionary<string, int> Ours)
    {
        public bool IsSame => Theirs.Count == Ours.Count && Theirs.All(t => Ours.TryGetValue(t.Key, out var s) && s == t.Value);
    }

    static List<Pair> FirstResponses(IEnumerable<Walk> walks, Dictionary<string, string> actors) =>
        [.. walks.Select(w => new Pair(w, TheirFirsts(w, actors), OurFirsts(w)))];

    static Dictionary<string, int> OurFirsts(Walk walk) => Enumerable.Range(0, walk.Findings.Count)
        .Where(i => walk.Findings[i] is { Response: not null } f
            && f.Marks.HasFlag(Marks.First) && !f.Marks.HasFlag(Marks.BegunByAgent))
        .ToDictionary(i => walk.Messages[i].Fact.MessageId, i => walk.Findings[i].Response!.Waited.Calendar);

    static Dictionary<string, int> TheirFirsts(Walk walk, Dictionary<string, string> actors)
    {
        var firsts = new Dictionary<string, int>();
        var messages = walk.Conversation.Messages.Select(m => new HelpdeskTests.Message(
            actors[m.Fact.MessageId], m.Fact.At!.Value.ToUnixTimeSeconds(), m.Parent, m.Rule, m.Fact.MessageId)).ToList();
        foreach (var (root, thread) in HelpdeskTests.SplitWhereOnlyTheIndexJoins(messages))
        {
            if (HelpdeskTests.IsAgent(thread[root].Actor)) continue;
            var answers = thread.Where(m => HelpdeskTests.IsAgent(m.Actor) && m.At >= thread[root].At);
            if (answers.MinBy(m => m.At) is { } first) firsts.Add(first.Id, (int)(first.At - thread[root].At));
        }
        return firsts;
    }

    /// <summary>The rule of docs/real-mail.md by which a conversation differs; null when none does.</summary>
    static string? RuleOf(Pair pair, Dictionary<string, string> actors, Addresses addresses)
    {
        var messages = pair.Walk.Messages;
        if (messages.Any(m => addresses[m.Author] != actors[m.Fact.MessageId])) return Guessed;
        return messages.Any(m => m.Kind != Kind.Human) ? Nature : null;
    }

    [Fact]
    public async Task Conversations_are_theirs_but_for_those_that_Thread_Index_joins()
    {
        var (_, walks) = await HelpdeskTests.Walked.Value;
        var joined = walks.Sum(w => w.Conversation.Messages.Count(m => m.Rule == JoinRule.ConversationIndex));
        Assert.Equal(HelpdeskTests.Truth().GetProperty("conversations").GetInt32(), walks.Count + joined);
        Documented("Conversations", [new(Same, walks.Count), new("Thread-Index joins", joined)]);
    }

    [Fact]
    public async Task Every_conversation_that_differs_has_a_named_rule()
    {
        var (addresses, walks) = await HelpdeskTests.Walked.Value;
        var actors = HelpdeskTests.TheirActors();
        var pairs = FirstResponses(walks, actors);
        Assert.Equal(
            HelpdeskTests.Truth().GetProperty("first_response_seconds").GetProperty("n").GetInt32(), pairs.Sum(p => p.Theirs.Count));

        var differing = pairs.Where(p => !p.IsSame).Select(p => (Pair: p, Rule: RuleOf(p, actors, addresses))).ToList();
        Output(differing.Select(d => $"{d.Rule ?? "NONE"}: {Shown(d.Pair.Theirs)} theirs, {Shown(d.Pair.Ours)} ours"));
        Assert.DoesNotContain(differing, d => d.Rule is null);
        Documented("First responses", differing.CountBy(d => d.Rule!).Append(new(Same, pairs.Count(p => p.IsSame && p.Theirs.Count > 0))));
    }

    [Fact]
    public async Task Every_reply_that_differs_has_a_named_rule()
    {
        var (addresses, walks) = await HelpdeskTests.Walked.Value;
        var actors = HelpdeskTests.TheirActors();
        var counts = new Dictionary<string, int>();
        var (theirs, unexplained) = (0, new List<string>());
        foreach (var walk in walks)
            for (var i = 0; i < walk.Messages.Count; i++)
            {
                var message = walk.Messages[i];
                var parent = message.Joined.Rule == JoinRule.InReplyTo ? walk.Messages[message.Joined.Parent] : default;
                var seconds = TheirReply(walk, i, actors);
                if (seconds is not null) theirs++;
                var ours = walk.Findings[i].SinceParent;
                if (seconds is null && ours is null) continue;
                var rule = seconds == ours ? Same
                    : addresses[message.Author] != actors[message.Fact.MessageId]
                        || addresses[parent.Author] != actors[parent.Fact.MessageId] ? Guessed
                    : message.Kind != Kind.Human || parent.Kind != Kind.Human ? Nature
                    : null;
                if (rule is null) unexplained.Add($"{message.Fact.MessageId}: {seconds} theirs, {ours} ours");
                else counts[rule] = counts.GetValueOrDefault(rule) + 1;
            }
        Assert.Equal(HelpdeskTests.Truth().GetProperty("agent_reply_seconds").GetProperty("n").GetInt32(), theirs);
        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained));
        Documented("Replies", counts);
    }

    static int? TheirReply(Walk walk, int i, Dictionary<string, string> actors)
    {
        var message = walk.Messages[i];
        if (message.Joined.Rule != JoinRule.InReplyTo || !HelpdeskTests.IsAgent(actors[message.Fact.MessageId])) return null;
        var parent = walk.Messages[message.Joined.Parent];
        var isAnswer = !HelpdeskTests.IsAgent(actors[parent.Fact.MessageId]) && message.At >= parent.At;
        return isAnswer ? (int)(message.At - parent.At) : null;
    }

    /// <summary>The command line itself, from the packed file to the last line of its report.</summary>
    [Fact]
    public async Task The_command_line_reports_what_the_engine_found()
    {
        var (_, walks) = await HelpdeskTests.Walked.Value;
        using var shell = new Shell();
        await shell.DoAsync("import", "mail", RealData.Find("mbox/samba-technical.mbox.gz"),
            "--mailbox", HelpdeskTests.Mailbox, "--author-header", "Reply-To", "--agents", HelpdeskTests.AgentPattern,
            "--silence", "never");
        // The clock of the shell stands before the last messages: the report is asked for as of a later day.
        var rows = await shell.RowsAsync("report", "agents", "--begun-by", "requester", "--as-of", "2030-01-01");
        var all = Assert.Single(rows, r => r.GetProperty("agent").GetString() == "(all)");

        int[] firsts = [.. walks.SelectMany(w => OurFirsts(w).Values)];
        var begun = walks.SelectMany(w => w.Findings).Where(f => !f.Marks.HasFlag(Marks.BegunByAgent)).ToList();
        int[] replies = [.. begun.Select(f => f.SinceParent).OfType<int>()];
        int[] responses = [.. begun.Select(f => f.Response?.Waited.Calendar).OfType<int>()];
        Assert.Equal(responses.Length, all.GetProperty("responses").GetInt32());
        Assert.Equal(firsts.Length, all.GetProperty("first_responses").GetInt32());
        Assert.Equal(replies.Length, all.GetProperty("replies").GetInt32());
        foreach (var (column, values, fraction) in new[]
        {
            ("median_seconds", responses, 0.5), ("p90_seconds", responses, 0.9), ("first_median_seconds", firsts, 0.5),
            ("first_p90_seconds", firsts, 0.9), ("reply_median_seconds", replies, 0.5), ("reply_p90_seconds", replies, 0.9),
        })
            Assert.Equal(Percentiles.Find(values, fraction)!.Value, all.GetProperty(column).GetDouble(), 1);
    }

    // The table under a heading of docs/real-mail.md says the same as was counted.
    static void Documented(string heading, IEnumerable<KeyValuePair<string, int>> counts)
    {
        var lines = File.ReadAllLines(Path.Combine(RealData.Repository, "docs", "real-mail.md"));
        var said = lines.SkipWhile(l => l != $"## {heading}").Skip(1).TakeWhile(l => !l.StartsWith('#'))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(l => l.Split('|')).ToDictionary(c => c[1].Trim(), c => int.Parse(c[2], CultureInfo.InvariantCulture));
        Assert.Equal(Shown(counts.ToDictionary()), Shown(said));
    }

    static string Shown(Dictionary<string, int> numbers) =>
        string.Join("; ", numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => $"{n.Key} {n.Value}"));

    static void Output(IEnumerable<string> lines) =>
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", lines));
}
