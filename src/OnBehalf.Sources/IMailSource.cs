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
/// <param name="Cursor">Where to resume; opaque to all but the source. Null: not resumable.</param>
public sealed record MailPage(
    IReadOnlyList<MessageFact> Messages, IReadOnlyList<Damage> Damaged, long BytesRead, string? Cursor = null);

/// <summary>Something that could not be read.</summary>
/// <param name="Where">File (and position) as the operator named it.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record Damage(string Where, string Reason);
