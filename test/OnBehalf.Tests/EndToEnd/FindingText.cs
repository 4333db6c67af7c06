using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Store;
using OnBehalf.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// Everything a store found out, as text that is the same in every store with the same findings: numbers of facts and of
/// addresses, which depend on the order of reading, are written as what they stand for.
/// </summary>
static class FindingText
{
    /// <summary>A line a message, in order.</summary>
    public static List<string> Of(MailStore store, Func<string, bool>? isWanted = null)
    {
        var rules = store.Settings.Rules();
        var lines = new List<string>();
        foreach (var mailbox in store.Facts.Mailboxes())
        {
            var walks = Recompute.Walks(store, rules, mailbox, TestContext.Current.CancellationToken).ToList();
            var ids = walks.SelectMany(walk => walk.Findings.Zip(walk.Messages))
                .ToDictionary(pair => pair.First.FactId, pair => Name(pair.Second.Fact));
            foreach (var finding in walks.SelectMany(walk => walk.Findings))
                if (isWanted?.Invoke(ids[finding.FactId]) != false)
                    lines.Add($"{store.Addresses[mailbox]} {ids[finding.FactId]} {Line(finding, ids, store.Addresses)}");
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>That two stores found the same; what differs is shown.</summary>
    public static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> found, string what)
    {
        Assert.NotEmpty(expected);
        if (expected.SequenceEqual(found)) return;
        var (lost, invented) = (expected.Except(found).ToList(), found.Except(expected).ToList());
        Assert.Fail($"{what}: {lost.Count} of {expected.Count} findings differ.\nexpected\n{string.Join('\n', lost.Take(2))}\n"
            + $"found\n{string.Join('\n', invented.Take(2))}");
    }

    static string Name(MessageFact fact) => fact.MessageId.Length > 0 ? fact.MessageId : fact.Key.ToString();

    static string Line(Finding finding, Dictionary<long, string> ids, Addresses addresses)
    {
        var response = finding.Response is { } answer ? $" answers {ids[answer.OpenedBy]} {answer with { OpenedBy = 0 }}" : "";
        // Who, in which conversation, and then everything else in the record's own words.
        return $"{Text(finding.Agent)} {Text(finding.Requester)} in {ids.GetValueOrDefault(finding.Conversation)}{response} "
            + (finding with { FactId = 0, Conversation = 0, Response = null, Agent = default, Requester = default });

        string Text(AddressId id) => id.IsNone ? "-" : addresses[id];
    }
}
