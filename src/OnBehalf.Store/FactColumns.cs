using System.Buffers.Binary;
using System.Text.Json;
using NodaTime;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>Facts as columns of the tables fact and send, and back.</summary>
static class FactColumns
{
    /// <summary>Where the mailbox is among the columns that <see cref="Read"/> reads.</summary>
    public const int Mailbox = 21;

    const int KeyBytes = 16;

    /// <summary>Binds a message to Import.AppendMessages.sql.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="fact">The message.</param>
    /// <param name="scratch">Room for lists as bytes; grows as needed.</param>
    public static void Bind(Statement statement, MessageFact fact, ref byte[] scratch)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        statement.Bind(3, fact.At?.ToUnixTimeSeconds());
        fact.Key.Write(key);
        statement.Bind(4, key).Bind(5, unchecked((long)fact.Digest));
        fact.ConversationGuid.Write(key);
        statement.Bind(6, fact.ConversationGuid.IsNone ? default : key)
            .Bind(7, fact.ConversationIndex.Span)
            .Bind(8, Pack(fact.InReplyTo, ref scratch))
            .Bind(9, Pack(fact.References, ref scratch))
            .Bind(10, fact.Subject)
            .Bind(11, fact.From.Value)
            .Bind(12, fact.Sender.Value)
            .Bind(13, fact.Author.Value)
            .Bind(14, fact.List.Value)
            .Bind(15, fact.FolderOwner.Value)
            .Bind(16, (long)fact.Folder)
            .Bind(17, (long)fact.Signs)
            .Bind(18, (long)fact.Importance)
            .Bind(19, fact.FlagComplete ? 1 : 0)
            .Bind(20, Pack(fact.To, ref scratch))
            .Bind(21, Pack(fact.Cc, ref scratch))
            .Bind(22, fact.MessageId)
            .Bind(23, fact.Categories.Count == 0
                ? "" : JsonSerializer.Serialize(fact.Categories, StoreJson.Default.IReadOnlyListString))
            .Bind(25, Pack(fact.ReplyTo, ref scratch))
            .Bind(26, fact.Size)
            .Bind(27, fact.Filed.Count == 0 ? "" : fact.Filed[0]); // A sighting is in one place.
    }

    /// <summary>Binds an audit record to Import.AppendSends.sql.</summary>
    public static void Bind(Statement statement, SendFact send) => statement
        .Bind(1, send.RecordId.ToString())
        .Bind(2, (long)send.Operation)
        .Bind(3, send.At.ToUnixTimeSeconds())
        .Bind(4, send.Actor.Value)
        .Bind(5, send.Mailbox.Value)
        .Bind(6, Bytes(send.Key))
        .Bind(7, Bytes(send.FoldedKey))
        .Bind(8, send.Subject)
        .Bind(9, (long)send.ActorType);

    /// <summary>Reads the columns of FactStore.ReadJoins.sql.</summary>
    public static JoinKeys ReadJoin(Statement row, KeyArena lists)
    {
        var guid = MessageKey.Read(row.Bytes(4));
        return new()
        {
            FactId = row.Long(0),
            At = row.IsNull(1) ? JoinKeys.Undated : row.Long(1),
            Key = MessageKey.Read(row.Bytes(2)),
            Digest = unchecked((ulong)row.Long(3)),
            ConversationGuid = guid,
            ConversationIndex = lists.Copy(row.Bytes(5)),
            InReplyTo = lists.Read(row.Bytes(6)),
            References = lists.Read(row.Bytes(7)),
            Subject = guid.IsNone ? 0 : Subjects.KeyOf(row.Text(8)),
        };
    }

    /// <summary>Reads the columns of FactStore.ReadFacts.sql and of whatever selects the same.</summary>
    public static MessageFact Read(Statement row) => new()
    {
        FactId = row.Long(0),
        At = row.IsNull(1) ? null : Instant.FromUnixTimeSeconds(row.Long(1)),
        Key = MessageKey.Read(row.Bytes(2)),
        Digest = unchecked((ulong)row.Long(3)),
        ConversationGuid = MessageKey.Read(row.Bytes(4)),
        ConversationIndex = row.Bytes(5) is { IsEmpty: false } index ? index.ToArray() : default,
        InReplyTo = Keys(row.Bytes(6)),
        References = Keys(row.Bytes(7)),
        Subject = row.Text(8),
        From = new(row.Int(9)),
        Sender = new(row.Int(10)),
        Author = new(row.Int(11)),
        List = new(row.Int(12)),
        FolderOwner = new(row.Int(13)),
        Folder = (Folder)row.Int(14),
        Signs = (Signs)row.Int(15),
        Importance = (Importance)row.Int(16),
        FlagComplete = row.Int(17) != 0,
        To = Ids(row.Bytes(18)),
        Cc = Ids(row.Bytes(19)),
        MessageId = row.Text(20),
        Categories = row.Bytes(22) is { IsEmpty: false } json
            ? JsonSerializer.Deserialize(json, StoreJson.Default.IReadOnlyListString) ?? [] : [],
        ReplyTo = Ids(row.Bytes(23)),
        Size = row.IsNull(24) ? null : row.Int(24),
        Filed = row.Bytes(25) is { IsEmpty: false } ? [row.Text(25)] : [],
    };

    /// <summary>Reads the columns of FactStore.ReadSends.sql.</summary>
    public static SendFact ReadSend(Statement row) => new()
    {
        RecordId = Guid.Parse(row.Text(0)),
        Operation = (SendOperation)row.Int(1),
        At = Instant.FromUnixTimeSeconds(row.Long(2)),
        Actor = new(row.Int(3)),
        Mailbox = new(row.Int(4)),
        Key = MessageKey.Read(row.Bytes(5)),
        FoldedKey = MessageKey.Read(row.Bytes(6)),
        Subject = row.Text(7),
        ActorType = (ActorType)row.Int(8),
    };

    /// <summary>A key as it is stored; nothing when there is none.</summary>
    public static byte[] Bytes(MessageKey key)
    {
        if (key.IsNone) return [];
        var bytes = new byte[KeyBytes];
        key.Write(bytes);
        return bytes;
    }

    static ReadOnlySpan<byte> Pack(IReadOnlyList<MessageKey> keys, ref byte[] scratch)
    {
        var length = checked(keys.Count * KeyBytes);
        if (scratch.Length < length) scratch = new byte[length * 2];
        for (var i = 0; i < keys.Count; i++) keys[i].Write(scratch.AsSpan(i * KeyBytes));
        return scratch.AsSpan(0, length);
    }

    static ReadOnlySpan<byte> Pack(IReadOnlyList<AddressId> ids, ref byte[] scratch)
    {
        var length = checked(ids.Count * sizeof(int));
        if (scratch.Length < length) scratch = new byte[length * 2];
        for (var i = 0; i < ids.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(scratch.AsSpan(i * sizeof(int)), ids[i].Value);
        return scratch.AsSpan(0, length);
    }

    static IReadOnlyList<MessageKey> Keys(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < KeyBytes) return [];
        var keys = new MessageKey[bytes.Length / KeyBytes];
        for (var i = 0; i < keys.Length; i++) keys[i] = MessageKey.Read(bytes[(i * KeyBytes)..]);
        return keys;
    }

    static IReadOnlyList<AddressId> Ids(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(int)) return [];
        var ids = new AddressId[bytes.Length / sizeof(int)];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = new(BinaryPrimitives.ReadInt32BigEndian(bytes[(i * sizeof(int))..]));
        return ids;
    }
}
