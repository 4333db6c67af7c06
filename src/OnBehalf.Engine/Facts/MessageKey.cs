using System.Buffers.Binary;
using System.Text;

namespace OnBehalf.Engine.Facts;

/// <summary>
/// The identity of a message inside a mailbox: the 128-bit <see cref="Fingerprint"/> of its Message-ID without the
/// angle brackets (RFC 5322, section 3.6.4; Graph: <c>internetMessageId</c>). Comparison is ordinal.
/// </summary>
/// <remarks>
/// A key instead of the text keeps ten million messages in memory and joins them in one probe. A stranger gains
/// nothing from a collision: whoever can send mail can repeat somebody's Message-ID as it stands.
/// </remarks>
public readonly record struct MessageKey(ulong High, ulong Low) : IComparable<MessageKey>
{
    /// <summary>No Message-ID known.</summary>
    public static readonly MessageKey None;

    /// <summary>Whether there is no identity here.</summary>
    public bool IsNone => High == 0 && Low == 0;

    /// <summary>The key of a Message-ID as UTF-8, with or without angle brackets and surrounding white space.</summary>
    public static MessageKey Of(ReadOnlySpan<byte> messageId)
    {
        var bare = Bare(messageId);
        if (bare.IsEmpty) return None;
        var (high, low) = Fingerprint.Wide(bare);
        return new(high, low);
    }

    /// <summary>The key of a Message-ID, with or without angle brackets and surrounding white space.</summary>
    public static MessageKey Of(string messageId)
    {
        if (string.IsNullOrWhiteSpace(messageId)) return None;
        var length = Encoding.UTF8.GetByteCount(messageId);
        var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(messageId, bytes);
        return Of(bytes);
    }

    /// <summary>The key stored as 16 bytes, most significant first. Anything else is no key.</summary>
    public static MessageKey Read(ReadOnlySpan<byte> bytes) => bytes.Length < 16
        ? None
        : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes the 16 bytes that <see cref="Read"/> reads.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The total order used to break ties between messages of the same second.</summary>
    public int CompareTo(MessageKey other)
    {
        var byHigh = High.CompareTo(other.High);
        return byHigh != 0 ? byHigh : Low.CompareTo(other.Low);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)(Low ^ (Low >> 32)));

    /// <inheritdoc/>
    public override string ToString() => $"{High:x16}{Low:x16}";

    static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> id)
    {
        var trimmed = id.Trim(" \t\r\n"u8);
        if (trimmed.Length >= 2 && trimmed[0] == '<' && trimmed[^1] == '>') trimmed = trimmed[1..^1].Trim(" \t"u8);
        return trimmed;
    }
}
