using System.Text.Json;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.RealMail;

/// <summary>
/// The thread tree of a list as its archive drew it, month by month, against our joins of the same months. The archive
/// knows an article by the id that its reply link names, which for an answer may be the id of what it answers.
/// </summary>
public sealed class ThreadTreeTests
{
    const string Name = "threads/twisted-web";

    /// <summary>An article of the archive with the message its id names, and who its parent is by either.</summary>
    sealed record Article(string Id, long Time, string? ArchiveParent, MessageFact Message, MessageFact? Parent)
    {
        /// <summary>How the two trees compare, in the words of those who compared them first.</summary>
        public string Verdict => (ArchiveParent, Parent) switch
        {
            (null, null) => "both root in month",
            (null, _) => "archive root, headers say parent",
            (_, null) => "archive parent, no header parent (subject threading)",
            _ => ArchiveParent == Parent.MessageId ? "same parent" : "different parent",
        };

        /// <summary>The rule that explains a difference; null when none does.</summary>
        public string? Rule => Verdict switch
        {
            "both root in month" or "same parent" => "none",
            _ when ArchiveParent == Id => "the link names what the article answers",
            "different parent" when Names(Message, ArchiveParent!) => "the archive takes another of the references",
            "different parent" when Names(Parent!, ArchiveParent!) => "the link names what the article answers",
            "archive parent, no header parent (subject threading)" => "subject alone never joins",
            "archive root, headers say parent" when Math.Abs(Time - Message.At!.Value.ToUnixTimeSeconds()) > 86_400
                => "the article is another message than its link names",
            _ => null,
        };

        static bool Names(MessageFact message, string id) =>
            message.InReplyTo.Contains(MessageKey.Of(id)) || message.References.Contains(MessageKey.Of(id));
    }

    sealed record Comparison(List<Article> Articles, int WithoutId, int Unknown);

    static async Task<Comparison> CompareAsync()
    {
        var box = await JoinedBox.OfAsync(Name);
        using var archive = JsonDocument.Parse(File.ReadAllText(RealData.Find(Name + ".pipermail-threads.json")));
        var byId = box.Facts.Where(f => f.MessageId.Length > 0).ToDictionary(f => f.MessageId);
        var comparison = new Comparison([], 0, 0);
        foreach (var month in archive.RootElement.GetProperty("months").EnumerateObject())
        {
            var articles = month.Value.EnumerateArray().ToDictionary(
                a => a.GetProperty("n").GetInt32(), a => (Row: a, Id: a.GetProperty("id").GetString()));
            // The archive has some messages that the file lacks: something stands in for them, or their answers had no parent.
            var ids = articles.Values.Select(a => a.Id).OfType<string>().Distinct();
            var parents = ParentsAmong([.. ids.Select((id, i) => byId.GetValueOrDefault(id) ?? Missing(id, -1 - i))]);
            foreach (var (row, id) in articles.Values)
            {
                if (id is null) comparison = comparison with { WithoutId = comparison.WithoutId + 1 };
                else if (!byId.TryGetValue(id, out var message)) comparison = comparison with { Unknown = comparison.Unknown + 1 };
                else
                {
                    var above = row.GetProperty("parent_n");
                    comparison.Articles.Add(new(
                        id, row.GetProperty("unixtime").GetInt64(),
                        above.ValueKind == JsonValueKind.Null ? null : articles[above.GetInt32()].Id,
                        message, parents.GetValueOrDefault(message.FactId)));
                }
            }
        }
        return comparison;
    }

    static MessageFact Missing(string id, int number) => new() { FactId = number, Key = MessageKey.Of(id), MessageId = id };

    // Our joins of the messages of one month, by fact.
    static Dictionary<long, MessageFact?> ParentsAmong(List<MessageFact> facts)
    {
        var byFact = facts.ToDictionary(f => f.FactId);
        var threads = ConversationBuilder.Build(facts.Select(f => f.ToJoinKeys()));
        return Enumerable.Range(0, threads.MessageCount).ToDictionary(
            threads.FactOf, m => threads.ParentOf(m) < 0 ? null : byFact[threads.FactOf(threads.ParentOf(m))]);
    }

    [Fact]
    public async Task Articles_agree_and_differ_as_often_as_others_found()
    {
        var (articles, withoutId, unknown) = await CompareAsync();
        var ours = articles.CountBy(a => a.Verdict).ToDictionary();
        (ours["no id"], ours["id not in mbox"]) = (withoutId, unknown);
        using var truth = JsonDocument.Parse(File.ReadAllText(RealData.Find(Name + ".agreement.json")));
        var box = await JoinedBox.OfAsync(Name);
        Assert.Equal(truth.RootElement.GetProperty("distinct_message_ids_in_mbox").GetInt32(), box.Facts.Count);
        Assert.Equal(truth.RootElement.GetProperty("archive_articles").GetInt32(), ours.Values.Sum());
        foreach (var verdict in truth.RootElement.GetProperty("agreement_archive_tree_vs_headers_within_month").EnumerateObject())
            Assert.Equal((verdict.Name, verdict.Value.GetInt32()), (verdict.Name, ours.GetValueOrDefault(verdict.Name)));
    }

    [Fact]
    public async Task Every_difference_has_a_named_rule()
    {
        var (articles, _, _) = await CompareAsync();
        var unexplained = articles.Where(a => a.Rule is null).Select(a => $"{a.Verdict}: {a.Id}, {a.ArchiveParent}").ToList();
        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n",
            articles.CountBy(a => (a.Verdict, a.Rule)).Select(c => $"{c.Value} {c.Key.Verdict}: {c.Key.Rule}")));
    }
}
