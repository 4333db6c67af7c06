using System.Text;
using System.Text.Json;
using OnBehalf.Simulator;

namespace OnBehalf.Tests.Simulator;

/// <summary>Truth against the wire: a plain reader of pages and audit lines, written here, must be led to what truth says.</summary>
public sealed class TruthAndWire
{
    public static TheoryData<string, int> Worlds
    {
        get
        {
            var worlds = new TheoryData<string, int>();
            foreach (var scenario in Scenario.All.Where(scenario => scenario.Days <= 30))
                foreach (var seed in (int[])[1, 42]) worlds.Add(scenario.Name, seed);
            return worlds;
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Whoever_the_wire_names_is_whom_truth_names(string scenario, int seed)
    {
        await using var reader = await Reader.OpenAsync(scenario, Quirks.All.With(Quirk.Throttling, 0), seed: seed);
        var truth = reader.Truth();
        var wire = await Named(reader);
        var people = await People(reader);
        var outbound = truth.Where(line => line.IsOf("message") && line.Text("direction") == "outbound"
            && line.Is("inSharedMailbox")).ToList();
        Assert.NotEmpty(outbound);
        foreach (var line in outbound.Where(line => line.Text("kind") == "Human"))
        {
            var names = wire.GetValueOrDefault(line.Text("mailbox")! + line.Text("messageId")!, []);
            var agents = names.Select(name => people.GetValueOrDefault(name.ToLowerInvariant())).OfType<string>().Distinct().ToList();
            var evidence = line.GetProperty("evidence").EnumerateArray().Select(piece => piece.GetString()).ToList();
            var isReadable = evidence.Any(piece => piece is "OnBehalf" or "OwnName" or "AuditSendAs" or "AuditSendOnBehalf");
            Assert.True(agents.Count <= 1, $"{line} is claimed by {agents.Count}");
            Assert.True(agents.Count == 1 == isReadable, $"{line}: the wire names {string.Join(", ", names)}");
            if (agents.Count == 1) Assert.Equal(line.Text("pressedBy"), agents[0]);
        }
    }

    /// <summary>Who the messages and the audit log name, by mailbox and Message-ID.</summary>
    static async Task<Dictionary<string, HashSet<string>>> Named(Reader reader)
    {
        var named = new Dictionary<string, HashSet<string>>();
        void Name(string mailbox, string messageId, string who) =>
            (named.TryGetValue(mailbox + messageId, out var names) ? names : named[mailbox + messageId] = []).Add(who);

        foreach (var mailbox in reader.Tenant.Mailboxes)
        {
            var own = (string[])[mailbox, mailbox.Replace("@", "-team@", StringComparison.Ordinal)];
            var (all, _) = await reader.ReadAllAsync($"users/{mailbox}/messages?$select=from,sender,internetMessageId,isDraft&$top=900");
            foreach (var message in all.Where(message => !message.Is("isDraft")))
                if (message.Address("sender") is { } sender && !own.Contains(sender, StringComparer.OrdinalIgnoreCase))
                    Name(mailbox, message.Text("internetMessageId")!, sender);
        }
        using var stream = new MemoryStream();
        reader.Tenant.WriteAuditLines(stream);
        foreach (var line in Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var record = JsonElement.Parse(line);
            var mailbox = record.Text("SendAsUserSmtp") ?? record.Text("SendOnBehalfOfUserSmtp");
            if (mailbox is not null && record.GetProperty("Item").Text("InternetMessageId") is { } id) Name(mailbox,
                id, record.Text("UserId")!);
        }
        return named;
    }

    /// <summary>Agents by every address and X500 name the directory knows.</summary>
    static async Task<Dictionary<string, string>> People(Reader reader)
    {
        var mailboxes = reader.Tenant.Mailboxes.ToHashSet();
        var (all, _) = await reader.ReadAllAsync("users?$select=id,mail,proxyAddresses&$top=5");
        return all.Where(user => user.Text("mail") is { } mail && !mailboxes.Contains(mail))
            .SelectMany(user => user.GetProperty("proxyAddresses").EnumerateArray()
                .Select(address => (Address: address.GetString()!.Split(':', 2)[1].ToLowerInvariant(), Id: user.Text("id")!)))
            .DistinctBy(pair => pair.Address)
            .ToDictionary(pair => pair.Address, pair => pair.Id);
    }

    [Theory]
    [InlineData("send-on-behalf-only", 1.0, 1.0)]
    [InlineData("send-as-with-audit", 0.99, 1.0)]
    [InlineData("send-as-no-audit", 0.0, 0.1)]
    [InlineData("both-rights", 0.99, 1.0)]
    [InlineData("copies-off", 1.0, 1.0)]
    [InlineData("copies-off-with-agent-consent", 0.99, 1.0)]
    [InlineData("cross-geo", 0.3, 0.8)]
    [InlineData("late-audit", 0.9, 0.999)]
    public async Task What_is_knowable_is_what_the_scenario_promises(string scenario, double least, double most)
    {
        await using var reader = await Reader.OpenAsync(scenario);
        var outbound = reader.Truth().Where(line => line.IsOf("message") && line.Text("direction") == "outbound"
            && line.Text("kind") == "Human" && line.Is("inSharedMailbox")).ToList();
        // The newest records are on their way; a day before the end all but the thirty-hour ones have come.
        var settled = scenario == "late-audit" ? outbound : outbound.Where(line =>
            line.GetProperty("at").GetDateTimeOffset() < reader.Clock.GetUtcNow().AddDays(-1)).ToList();
        var share = settled.Count(line => line.Text("knowable") != "no") / (double)settled.Count;
        Assert.InRange(share, least, most);
    }

    [Fact]
    public async Task A_bypassed_agent_is_named_by_messages_only()
    {
        await using var reader = await Reader.OpenAsync("acme-support");
        var truth = reader.Truth();
        var bypassed = truth.Single(line => line.IsOf("agent") && line.Is("auditBypassed")).Text("id");
        var theirs = truth.Where(line => line.IsOf("message") && line.Text("pressedBy") == bypassed).ToList();
        Assert.NotEmpty(theirs);
        Assert.All(theirs, line => Assert.DoesNotContain("Audit", line.GetProperty("evidence").ToString(), StringComparison.Ordinal));
        Assert.Contains(theirs, line => line.Text("reason") == "AuditBypassed");
    }

    [Fact]
    public async Task Without_copies_most_replies_are_missing_from_the_shared_mailbox()
    {
        await using var reader = await Reader.OpenAsync("copies-off");
        var sent = reader.Truth().Where(line => line.IsOf("message") && line.Text("direction") == "outbound").ToList();
        Assert.InRange(sent.Count(line => !line.Is("inSharedMailbox")) / (double)sent.Count, 0.5, 0.8);
    }

    [Fact]
    public async Task Truth_adds_up()
    {
        await using var reader = await Reader.OpenAsync("acme-support", Quirks.All);
        var truth = reader.Truth();
        var messages = truth.Where(line => line.IsOf("message")).ToDictionary(line => line.Text("mailbox")! + line.Text("messageId"));
        var conversations = truth.Where(line => line.IsOf("conversation")).ToList();
        Assert.Equal(messages.Count, conversations.Sum(line => line.GetProperty("messages").GetInt32()));
        foreach (var wait in truth.Where(line => line.IsOf("wait")))
        {
            var opened = messages[wait.Text("mailbox")! + wait.Text("openedBy")];
            Assert.Equal(("inbound", "Human"), (opened.Text("direction"), opened.Text("kind")));
            if (wait.Text("answeredBy") is not { } id) continue;
            var answer = messages[wait.Text("mailbox")! + id];
            Assert.Equal(answer.Text("pressedBy"), wait.Text("agent"));
            var seconds = (answer.GetProperty("at").GetDateTimeOffset() - opened.GetProperty("at").GetDateTimeOffset()).TotalSeconds;
            Assert.Equal(seconds, wait.GetProperty("calendarSeconds").GetInt32());
            Assert.InRange(wait.GetProperty("businessSeconds").GetInt32(), 0, (int)seconds);
        }
        Assert.InRange(messages.Count, 10_000, 40_000);
    }

    [Fact]
    public async Task With_all_copies_the_visible_waits_are_the_waits_of_the_world()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only");
        var waits = reader.Truth().Where(line => line.IsOf("wait")).ToLookup(line => line.Text("lens")!, Of);
        Assert.NotEmpty(waits["world"]);
        // Copies of the last minute are on their way.
        var late = reader.Clock.GetUtcNow().AddMinutes(-2).ToString("O", null);
        Assert.Equal(waits["world"].Where(IsSettled).Order(), waits["visible"].Where(IsSettled).Order());

        bool IsSettled(string wait) => string.CompareOrdinal(wait.Split('|')[^1], late) < 0;
        static string Of(JsonElement line) =>
            string.Join('|', line.Text("openedBy"), line.Text("answeredBy"), line.Text("answeredAt"));
    }

    [Fact]
    public async Task A_list_shows_exactly_the_messages_truth_says_are_there()
    {
        await using var reader = await Reader.OpenAsync("acme-support", Quirks.All.With(Quirk.Throttling, 0));
        var expected = reader.Truth().Where(line => line.IsOf("message") && line.Is("inSharedMailbox")
            && line.Text("folder") is not "RecoverableItems").ToLookup(line => line.Text("mailbox"), line => line.Text("messageId"));
        foreach (var mailbox in reader.Tenant.Mailboxes)
        {
            var (all, _) = await reader.ReadAllAsync($"users/{mailbox}/messages?$select=internetMessageId,isDraft&$top=999");
            Assert.Equal(expected[mailbox].Order(), all.Where(message => !message.Is("isDraft"))
                .Select(message => message.Text("internetMessageId")).Distinct().Order());
        }
    }
}
