using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Tests.Examples;

/// <summary>Every worked example, from facts to figures in memory.</summary>
public class EngineExamples
{
    readonly Addresses _addresses = new();

    public static TheoryData<int, string> Rows => new(WorkedExamples.All.Select((example, i) => (i, example.Row)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_engine_says_what_the_row_says(int place, string row)
    {
        Assert.Equal(row, WorkedExamples.All[place].Row);
        var example = WorkedExamples.All[place];
        var letters = example.Letters.Select(Fact).ToList();
        foreach (var asking in example.Before) Assert.Equal(asking.Expected, Answer(example, letters, [], asking.Question));

        foreach (var asking in example.Askings) Assert.Equal(asking.Expected, Answer(example, letters, Sends(example), asking.Question));
    }

    string Answer(Example example, List<MessageFact> letters, List<SendFact> sends, string question)
    {
        var mailbox = _addresses.Intern((ReadOnlySpan<char>)Example.Mailbox);
        var book = new RuleBook(example.Full, _addresses, hasAudit: example.AuditBy is not null);
        var rules = book.RulesFor(mailbox);
        var findings = Corridor.WalkMailbox(letters, sends, rules, _addresses).SelectMany(walk => walk.Findings);
        var segments = SegmentWriter.Pack(mailbox, findings).Select(Segment.Open).ToList();
        var texts = Example.Whole(question).Split('&').Select(text => text.Split('=', 2))
            .Select(text => new KeyValuePair<string, string>(text[0], text[1]));
        var span = (letters.Min(letter => letter.At!.Value), letters.Max(letter => letter.At!.Value) + Duration.FromSeconds(1));
        var result = new SegmentQuery(_addresses, _ => new WaitClocks(rules))
            .Answer(QueryText.Parse(texts, new(span.Item2, DateTimeZone.Utc, span)), segments);
        return Example.Told(result.Query.Dimensions.Count == 0
            ? [([], result.Totals.Select(figure => figure.Value))]
            : result.Rows.Select(row => (row.Keys.AsEnumerable(), row.Figures.Select(figure => figure.Value))));
    }

    MessageFact Fact(Letter letter, int i) => new()
    {
        FactId = i + 1,
        Key = MessageKey.Of(Example.IdOf(i)),
        MessageId = Example.IdOf(i),
        At = Instant.FromUnixTimeSeconds(letter.Seconds),
        From = Address(letter.From),
        Sender = Address(letter.Sender ?? letter.From),
        To = [.. letter.To.Select(Address)],
        InReplyTo = i == 0 ? [] : [MessageKey.Of(Example.IdOf(i - 1))],
        Folder = letter.IsOurs ? Folder.SentItems : Folder.Received,
        Signs = letter.IsAutomatic ? Signs.AutoReplied : 0,
        Size = 300,
    };

    List<SendFact> Sends(Example example)
    {
        if (example.AuditBy is not { } by) return [];
        var last = example.Letters.Count - 1;
        return [.. Enumerable.Range(0, example.Records).Select(_ => new SendFact
        {
            RecordId = new Guid(1, 0, 0, new byte[8]), Operation = SendOperation.SendAs,
            At = Instant.FromUnixTimeSeconds(example.Letters[last].Seconds), Actor = Address(by), Mailbox = Address(Example.Mailbox),
            Key = MessageKey.Of(Example.IdOf(last)), FoldedKey = MessageKey.Of(Example.IdOf(last)),
        })];
    }

    AddressId Address(string text) => _addresses.Intern((ReadOnlySpan<char>)text);
}
