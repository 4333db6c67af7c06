using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Files;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>Everything that a mail-file source yields for some input.</summary>
sealed record MailRead(List<MessageFact> Messages, List<Damage> Damaged, Addresses Addresses)
{
    /// <summary>Reads files.</summary>
    public static async Task<MailRead> PathsAsync(IReadOnlyList<string> paths, params string[] authorHeaders) =>
        await FromAsync(paths, null, 1 << 20, authorHeaders);

    /// <summary>Reads bytes as standard input.</summary>
    public static MailRead Bytes(byte[] bytes, int bytesAtATime = 1 << 20, params string[] authorHeaders)
    {
        // Nothing in the source waits for anything but its own thread.
        var read = FromAsync(["-"], new MemoryStream(bytes), bytesAtATime, authorHeaders);
        return read.GetAwaiter().GetResult();
    }

    /// <summary>Reads a text, in UTF-8, as standard input.</summary>
    public static MailRead Text(string text, params string[] authorHeaders) =>
        Bytes(Encoding.UTF8.GetBytes(text), 1 << 16, authorHeaders);

    /// <summary>The text of an address.</summary>
    public string this[AddressId id] => Addresses[id];

    /// <summary>Everything the facts say, one line each: two readings of the same mail are the same text.</summary>
    public string Render() => string.Join('\n', Messages.Select(Render).Concat(Damaged.Select(d => d.ToString())));

    string Render(MessageFact fact) => string.Join(" | ", fact.Key, fact.MessageId, fact.At, this[fact.From],
        this[fact.Sender], this[fact.Author], All(fact.To), All(fact.Cc), All(fact.ReplyTo),
        string.Join(' ', fact.InReplyTo), string.Join(' ', fact.References),
        Convert.ToHexString(fact.ConversationIndex.Span), fact.Subject, fact.Signs, this[fact.List], fact.Importance,
        fact.Digest, fact.Size);

    string All(IReadOnlyList<AddressId> ids) => string.Join(' ', ids.Select(id => this[id]));

    static async Task<MailRead> FromAsync(
        IReadOnlyList<string> paths, Stream? input, int bytesAtATime, string[] authorHeaders)
    {
        var read = new MailRead([], [], new());
        var source = new FileMailSource(paths, new() { AuthorHeaders = authorHeaders }, read.Addresses, input)
        {
            BytesAtATime = bytesAtATime,
        };
        await foreach (var page in source.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false))
        {
            read.Messages.AddRange(page.Messages);
            read.Damaged.AddRange(page.Damaged);
        }
        return read;
    }
}
