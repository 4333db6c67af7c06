using System.Runtime.InteropServices;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// The digest of what a sighting says: by texts, not by numbers of addresses, so that it is the same in every import.
/// The size is left out, for it depends on how a file ends its lines.
/// </summary>
static class FactDigest
{
    /// <summary>The digest of a fact.</summary>
    public static ulong Of(MessageFact fact, Addresses addresses)
    {
        var digest = Fingerprint.Join(fact.Key.High, fact.Key.Low);
        digest = Fingerprint.Join(digest, unchecked((ulong)(fact.At?.ToUnixTimeSeconds() ?? -1)));
        digest = Fingerprint.Join(digest, addresses.DigestOf(fact.From));
        digest = Fingerprint.Join(digest, addresses.DigestOf(fact.Sender));
        digest = Fingerprint.Join(digest, addresses.DigestOf(fact.Author));
        digest = Fingerprint.Join(digest, addresses.DigestOf(fact.List));
        digest = Join(digest, (AddressId[])fact.To, addresses);
        digest = Join(digest, (AddressId[])fact.Cc, addresses);
        digest = Join(digest, (AddressId[])fact.ReplyTo, addresses);
        digest = Join(digest, (MessageKey[])fact.InReplyTo);
        digest = Join(digest, (MessageKey[])fact.References);
        if (!fact.ConversationIndex.IsEmpty)
            digest = Fingerprint.Join(digest, Fingerprint.Of(fact.ConversationIndex.Span));
        digest = Fingerprint.Join(digest, Fingerprint.Of(MemoryMarshal.AsBytes(fact.Subject.AsSpan())));
        return Fingerprint.Join(digest, (ulong)fact.Signs << 8 | (byte)fact.Importance);
    }

    /// <summary>
    /// The digest of a sighting that a mailbox stores, and so files, flags and moves: each of these is another sighting.
    /// </summary>
    public static ulong OfStored(MessageFact fact, Addresses addresses)
    {
        var digest = Fingerprint.Join(Of(fact, addresses), addresses.DigestOf(fact.FolderOwner));
        digest = Fingerprint.Join(digest, Fingerprint.Join(fact.ConversationGuid.High, fact.ConversationGuid.Low));
        foreach (var category in fact.Categories)
            digest = Fingerprint.Join(digest, Fingerprint.Of(MemoryMarshal.AsBytes(category.AsSpan())));
        foreach (var path in fact.Filed)
            digest = Fingerprint.Join(digest, Fingerprint.Of(MemoryMarshal.AsBytes(path.AsSpan())));
        return Fingerprint.Join(digest, (ulong)fact.Folder << 1 | (fact.FlagComplete ? 1UL : 0));
    }

    static ulong Join(ulong digest, AddressId[] ids, Addresses addresses)
    {
        foreach (var id in ids) digest = Fingerprint.Join(digest, addresses.DigestOf(id));
        return Fingerprint.Join(digest, (ulong)ids.Length);
    }

    static ulong Join(ulong digest, MessageKey[] keys)
    {
        foreach (var key in keys) digest = Fingerprint.Join(digest, key.Low);
        return Fingerprint.Join(digest, (ulong)keys.Length);
    }
}
