using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>
/// Conversation indexes as Exchange and Outlook write them (MS-OXOMSG 2.2.1.3): 22 bytes of header, then 5 for each level.
/// </summary>
static class ConversationIndexes
{
    const int HeaderLength = 22;
    const int LevelLength = 5;

    /// <summary>A header in Exchange's form, or in the form of Outlook on the desktop, which starts one byte later.</summary>
    public static byte[] Root(DateTime at, Guid conversation, bool desktopForm)
    {
        var index = new byte[HeaderLength];
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToFileTimeUtc());
        index[0] = 1;
        time.Slice(desktopForm ? 1 : 0, 5).CopyTo(index.AsSpan(1));
        conversation.TryWriteBytes(index.AsSpan(6), bigEndian: true, out _);
        return index;
    }

    /// <summary>One level more. Exchange sets the top bit and leaves the low nibble 0; nobody should read the time in it.</summary>
    public static byte[] Child(byte[] parent, ulong seed)
    {
        var index = new byte[parent.Length + LevelLength];
        parent.CopyTo(index, 0);
        var noise = Chance.Mix(seed, 71);
        for (var place = 0; place < LevelLength; place++) index[parent.Length + place] = (byte)(noise >> (8 * place) & 0xFF);
        index[parent.Length] |= 0x80;
        index[^1] &= 0xF0;
        return index;
    }

    /// <summary>
    /// Where an index is not tracked, the conversation's guid is the MD5 of the upper-cased subject (MS-OXOMSG 2.2.1.2).
    /// </summary>
#pragma warning disable CA5351 // The protocol asks for MD5; nothing is protected by it.
    public static Guid FromTopic(string topic) =>
        new(MD5.HashData(Encoding.Unicode.GetBytes(topic.ToUpperInvariant())), bigEndian: true);
#pragma warning restore CA5351
}
