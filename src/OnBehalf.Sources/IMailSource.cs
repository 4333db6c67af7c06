using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources;

/// <summary>Somewhere messages come from: mail files, Microsoft Graph.</summary>
public interface IMailSource
{
    /// <summary>
    /// Reads pages of facts in the source's own order. A page is complete in itself: once it is stored, reading can
    /// resume after it.
    /// </summary>
    IAsyncEnumerable<MailPage> ReadAsync(CancellationToken cancellation);
}

/// <summary>A page of message facts.</summary>
/// <param name="Messages">What was seen.</param>
/// <param name="Damaged">What could not be read, with the reason; counted and listed, never fatal.</param>
/// <param name="BytesRead">Bytes of input consumed so far, for progress; compressed bytes where the input is.</param>
public sealed record MailPage(IReadOnlyList<MessageFact> Messages, IReadOnlyList<Damage> Damaged, long BytesRead)
{
    /// <summary>Whose messages they are, where the source reads those of several mailboxes; else none.</summary>
    public AddressId Mailbox { get; init; }

    /// <summary>What to keep with this page, in the same transaction, so that reading goes on behind it.</summary>
    public IReadOnlyList<Bookmark> Bookmarks { get; init; } = [];
}

/// <summary>How far a part of a source was read.</summary>
/// <param name="Account">The mailbox that is read.</param>
/// <param name="Place">Which part of it; a name that only the source understands.</param>
/// <param name="Text">Where to go on, in the source's own words; null: the part is no longer there.</param>
public sealed record Bookmark(AddressId Account, string Place, string? Text);

/// <summary>Something that could not be read.</summary>
/// <param name="Where">File (and position) as the operator named it.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record Damage(string Where, string Reason);
