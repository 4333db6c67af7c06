using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// Ids in the forms Graph hands out: default message ids (AAMk…) change with every move, immutable ones (AAkALg…) do not, and
/// folder ids are constant. All are base64 with - and _ of a store guid and a number.
/// </summary>
static class MessageKeys
{
    const int DefaultLength = 114;
    const int ImmutableLength = 54;
    const int FolderLength = 90;
    const int ChangeKeyLength = 30;
    const int ConversationLength = 59;

    /// <summary>The longest id as text.</summary>
    public const int LongestText = 152;

    static ReadOnlySpan<byte> ImmutablePrefix =>
        [0x00, 0x09, 0x00, 0x2E, 0, 0, 0, 0, 0, 0x1D, 0x84, 0x03, 0x11, 0xAA, 0x66, 0x11, 0xCD, 0x9B, 0xC8, 0, 0xAA, 0, 0x2F,
         0x84, 0x5A, 0x0D, 0x00];

    public static int Write(Span<byte> text, Mailbox mailbox, StoredMessage message, in MessageState state, bool immutable)
    {
        Span<byte> bytes = stackalloc byte[DefaultLength];
        bytes.Clear();
        if (immutable)
        {
            ImmutablePrefix.CopyTo(bytes);
            mailbox.StoreId.TryWriteBytes(bytes[27..]);
            BinaryPrimitives.WriteInt32BigEndian(bytes[46..], message.Number);
            return ToText(bytes[..ImmutableLength], text);
        }
        WriteStore(bytes, mailbox, 0x46, 7, state.Folder);
        BinaryPrimitives.WriteInt32BigEndian(bytes[104..], message.Number);
        BinaryPrimitives.WriteInt16BigEndian(bytes[108..], (short)state.Moves);
        return ToText(bytes, text);
    }

    public static string Of(Mailbox mailbox, StoredMessage message, in MessageState state, bool immutable)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return Encoding.ASCII.GetString(text[..Write(text, mailbox, message, state, immutable)]);
    }

    public static int WriteFolder(Span<byte> text, Mailbox mailbox, FolderCode folder)
    {
        Span<byte> bytes = stackalloc byte[FolderLength];
        bytes.Clear();
        WriteStore(bytes, mailbox, 0x2E, 1, folder);
        return ToText(bytes, text);
    }

    public static string OfFolder(Mailbox mailbox, FolderCode folder)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return Encoding.ASCII.GetString(text[..WriteFolder(text, mailbox, folder)]);
    }

    /// <summary>The change key, which the etag repeats: it differs after every change.</summary>
    public static int WriteChangeKey(Span<byte> text, Mailbox mailbox, StoredMessage message, in MessageState state)
    {
        Span<byte> bytes = stackalloc byte[ChangeKeyLength];
        bytes.Clear();
        bytes[0] = 0x09;
        bytes[4] = 0x16;
        mailbox.StoreId.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteInt16BigEndian(bytes[24..], (short)state.Version);
        BinaryPrimitives.WriteInt32BigEndian(bytes[26..], message.Number);
        Base64.EncodeToUtf8(bytes, text, out _, out var written);
        return written;
    }

    /// <summary>The conversation id: a prefix of the mailbox, then 00 10 00, then the conversation's guid.</summary>
    public static int WriteConversation(Span<byte> text, Mailbox mailbox, Guid conversation)
    {
        Span<byte> bytes = stackalloc byte[ConversationLength];
        bytes[0] = 0;
        bytes[1] = 4;
        bytes[2] = 0x24;
        bytes[3] = 0;
        mailbox.StoreId.TryFormat(bytes[4..], out _, "D");
        bytes[40] = 0;
        bytes[41] = 0x10;
        bytes[42] = 0;
        conversation.TryWriteBytes(bytes[43..], bigEndian: true, out _);
        return ToText(bytes, text);
    }

    /// <summary>The conversation's guid within a conversation id of that mailbox; null when it is none.</summary>
    public static Guid? ReadConversation(string text) =>
        ToBytes(text) is { Length: ConversationLength } bytes ? new Guid(bytes.AsSpan(43), bigEndian: true) : null;

    /// <summary>What a message id of that mailbox refers to; null when it is of another mailbox or no id at all.</summary>
    public static (int Number, int? Moves)? Read(string text, Mailbox mailbox)
    {
        if (ToBytes(text) is not { } bytes) return null;
        if (bytes.Length == ImmutableLength && new Guid(bytes.AsSpan(27, 16)) == mailbox.StoreId)
            return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(46)), null);
        if (bytes.Length == DefaultLength && new Guid(bytes.AsSpan(65, 16)) == mailbox.StoreId)
            return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(104)), BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(108)));
        return null;
    }

    public static FolderCode? ReadFolder(string text, Mailbox mailbox) =>
        ToBytes(text) is { Length: FolderLength } bytes && new Guid(bytes.AsSpan(65, 16)) == mailbox.StoreId
            ? (FolderCode)bytes[85]
            : null;

    static void WriteStore(Span<byte> bytes, Mailbox mailbox, byte kind, byte provider, FolderCode folder)
    {
        bytes[1] = 3;
        bytes[2] = 0x24;
        mailbox.StoreId.TryFormat(bytes[4..], out _, "D");
        bytes[41] = kind;
        BitConverter.TryWriteBytes(bytes[47..], Chance.Mix(mailbox.Seed, 91));
        BitConverter.TryWriteBytes(bytes[55..], Chance.Mix(mailbox.Seed, 92));
        bytes[63] = provider;
        mailbox.StoreId.TryWriteBytes(bytes[65..]);
        bytes[84] = 1;
        bytes[85] = (byte)folder;
        if (bytes.Length > FolderLength) mailbox.StoreId.TryWriteBytes(bytes[88..]);
    }

    static int ToText(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        Base64.EncodeToUtf8(bytes, text, out _, out var written);
        text[..written].Replace((byte)'+', (byte)'-');
        text[..written].Replace((byte)'/', (byte)'_');
        return written;
    }

    static byte[]? ToBytes(string text)
    {
        if (text.Length is 0 or > LongestText) return null;
        var bytes = new byte[DefaultLength + 2];
        var plain = text.Replace('-', '+').Replace('_', '/');
        return Convert.TryFromBase64String(plain, bytes, out var length) ? bytes[..length] : null;
    }
}
