using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// What a conversationIndex may continue. Each reply adds five bytes to the index of what it answers
/// (MS-OXOMSG 2.2.1.3); the blocks are opaque, since clients disagree about the time in them.
/// </summary>
static class IndexPrefixes
{
    /// <summary>Bytes of the header: reserved byte, time, GUID.</summary>
    const int Header = 22;

    /// <summary>Bytes that a reply adds.</summary>
    const int Level = 5;

    /// <summary>Whether a message has an index that others may continue.</summary>
    public static bool Has(in JoinKeys message) => message.ConversationIndex.Length >= Header;

    /// <summary>The index without its last levels; empty when there are not so many.</summary>
    public static ReadOnlySpan<byte> Shorter(ReadOnlySpan<byte> index, int levels) =>
        index.Length - levels * Level is var length && length >= Header ? index[..length] : default;

    /// <summary>A hundred and twenty-eight bits stand for the bytes, as they do for a Message-ID.</summary>
    public static MessageKey KeyOf(ReadOnlySpan<byte> index)
    {
        var (high, low) = Fingerprint.Wide(index);
        return new(high, low);
    }
}
