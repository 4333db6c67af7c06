using System.Text.Json;
using OnBehalf.Engine.Conversations;

namespace OnBehalf.Tests.RealMail;

/// <summary>
/// Replies, threads and first responses of real mailboxes as another program counted them, worked out from our facts and
/// our joins. Its definitions: a reply is a message whose In-Reply-To names another of the file, both with a usable date
/// and different authors; negative times are counted and left out of the times; a repeated message is the first one seen.
/// </summary>
public sealed class TruthTests
{
    [Theory]
    [MemberData(nameof(JoinedBox.Names), MemberType = typeof(JoinedBox))]
    public async Task Replies_and_their_times_are_theirs(string name)
    {
        var box = await JoinedBox.OfAsync(name);
        var truth = box.Truth.GetProperty("replies");
        var byReply = box.All.Where(m => box.Threads.RuleOf(m) == JoinRule.InReplyTo).ToList();
        var apart = byReply.Where(m => box[m].From != box[box.ParentOf(m)].From).ToList();
        var times = apart.Select(m => (Message: m, Seconds: box.Seconds(box.ParentOf(m), m))).ToList();
        var undated = byReply.Count(m => box.Seconds(box.ParentOf(m), m) is null);
        var dated = times.Where(t => t.Seconds is not null).ToList();
        var kept = dated.Where(t => t.Seconds >= 0).ToList();

        var differences = new List<string>();
        foreach (var (field, ours) in new[]
        {
            ("in_reply_to_resolves_in_file", byReply.Count),
            ("references_only_resolves_in_file", box.All.Count(m => box.Threads.RuleOf(m) == JoinRule.References)),
            ("same_from_as_parent", byReply.Count - apart.Count), ("pair_without_usable_date", undated),
            ("pairs_different_from", dated.Count), ("negative_delta", dated.Count - kept.Count),
        })
            if (truth.GetProperty(field).GetInt32() != ours) differences.Add($"{field}: {truth.GetProperty(field)}, here {ours}");
        var earliest = dated.Where(t => t.Seconds < 0).Min(t => t.Seconds);
        if ($"{truth.GetProperty("most_negative_seconds")}" != $"{earliest}") differences.Add($"most negative: {earliest}");
        differences.AddRange(JoinedBox.Differences(
            "reply", box.Truth.GetProperty("reply_seconds"), [.. kept.Select(t => t.Seconds!.Value)]));
        differences.AddRange(ByAuthor(box, dated.Select(t => t.Message)));
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    // Named rule: a From with an unquoted name of two words reads as two addresses. The first counts here, and there the
    // last, which is the author of most replies; all of those messages are replies.
    static IEnumerable<string> ByAuthor(JoinedBox box, IEnumerable<int> replies)
    {
        var authors = replies.CountBy(reply => box.Mail[box[reply].From]).ToDictionary();
        var misread = box.Truth.GetProperty("counts").TryGetProperty("from_multiple_addresses", out var several) ? several.GetInt32() : 0;
        foreach (var row in box.Truth.GetProperty("replies_per_from_address_top10").EnumerateArray())
        {
            var ours = authors.GetValueOrDefault(row[0].GetString()!) + misread;
            if (ours != row[1].GetInt32()) yield return $"replies of one author: {row[1]}, here {ours}";
            misread = 0;
        }
    }

    [Theory]
    [MemberData(nameof(JoinedBox.Names), MemberType = typeof(JoinedBox))]
    public async Task Threads_and_first_responses_are_theirs(string name)
    {
        var box = await JoinedBox.OfAsync(name);
        var truth = box.Truth.GetProperty("threads");
        var threads = box.All.GroupBy(box.RootOf).ToList();
        var firsts = threads.Select(t => FirstResponse(box, t)).OfType<int>().ToArray();
        var sizes = threads.GroupBy(t => t.Count()).ToDictionary(g => g.Key, g => g.Count());

        var differences = new List<string>();
        foreach (var (field, ours) in new[]
        {
            ("threads", threads.Count), ("singletons", sizes[1]), ("largest", sizes.Keys.Max()),
            ("with_other_party_reply", firsts.Length),
        })
            if (truth.GetProperty(field).GetInt32() != ours) differences.Add($"{field}: {truth.GetProperty(field)}, here {ours}");
        foreach (var row in truth.GetProperty("size_histogram_top").EnumerateArray())
            if (sizes.GetValueOrDefault(row[0].GetInt32()) is var ours && ours != row[1].GetInt32())
                differences.Add($"threads of {row}: here {ours}");
        differences.AddRange(JoinedBox.Differences("first response", box.Truth.GetProperty("first_response_seconds"), firsts));
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    static int? FirstResponse(JoinedBox box, IGrouping<int, int> thread) => thread
        .Where(m => box[m].From != box[thread.Key].From)
        .Min(m => box.Seconds(thread.Key, m) is { } seconds and >= 0 ? seconds : (int?)null);
}
