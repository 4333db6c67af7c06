using System.Buffers.Binary;

namespace OnBehalf.Engine.Facts;

/// <summary>
/// Fast fingerprints of bytes, the same on every machine and in every version: they are stored. Words of eight bytes
/// are multiplied to 128 bits and folded, in two lanes, with the length mixed in.
/// </summary>
/// <remarks>
/// Nothing here resists somebody who looks for collisions, and nothing needs to: a stranger who can choose a Message-ID
/// can as well repeat somebody else's. Against chance 128 bits are plenty: ten million ids meet once in 10^24 tries.
/// </remarks>
public static class Fingerprint
{
    // Odd, with about as many ones as zeros and no pattern: the square roots of 2, 3, 5, 7, 11 behind the point.
    const ulong Two = 0x6A09E667F3BCC909, Three = 0xBB67AE8584CAA73B, Five = 0x3C6EF372FE94F82B;
    const ulong Seven = 0xA54FF53A5F1D36F1, Eleven = 0x510E527FADE682D1;

    /// <summary>128 bits that stand for the bytes.</summary>
    public static (ulong High, ulong Low) Wide(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (Two ^ (ulong)bytes.Length, Three);
        while (bytes.Length >= 16)
        {
            (a, b) = Step(a, b, Word(bytes), Word(bytes[8..]));
            bytes = bytes[16..];
        }
        // Words may overlap here; the length, which is mixed in, says how.
        if (bytes.Length >= 8) (a, b) = Step(a, b, Word(bytes), Word(bytes[^8..]));
        else if (bytes.Length >= 4) (a, b) = Step(a, b, Half(bytes), Half(bytes[^4..]));
        else if (bytes.Length > 0) (a, b) = Step(a, b, bytes[0], (ulong)bytes[bytes.Length / 2] << 8 | bytes[^1]);
        return (Fold(a ^ Five, b ^ Seven), Fold(b ^ Eleven, ulong.RotateLeft(a, 32) ^ Three));
    }

    /// <summary>64 bits that stand for the bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var (high, low) = Wide(bytes);
        return high ^ low;
    }

    /// <summary>One fingerprint out of two; the order matters.</summary>
    public static ulong Join(ulong left, ulong right) => Fold(left ^ Five, ulong.RotateLeft(right, 32) ^ Seven) ^ left;

    static (ulong A, ulong B) Step(ulong a, ulong b, ulong first, ulong second) =>
        (Fold(a ^ first, second ^ Five), Fold(b ^ second ^ Seven, first ^ Eleven) ^ ulong.RotateLeft(b, 17));

    static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    static ulong Half(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
