using NodaTime;
using OnBehalf.Engine.Conversations;

namespace OnBehalf.Engine.Facts;

/// <summary>
/// What was seen of one message in one mailbox: headers only, never a body. A fact is never edited. The same message
/// seen twice (a repeated import, a copy in another folder) is two sightings of one key.
/// </summary>
public sealed record MessageFact
{
    /// <summary>The store's number of this fact; what a figure is walked back to. Not an identity.</summary>
    public long FactId { get; init; }

    /// <summary>Identity inside the mailbox. A message without Message-ID gets a key from its header block.</summary>
    public required MessageKey Key { get; init; }

    /// <summary>The Message-ID as text without angle brackets; empty when the message has none.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>
    /// When the message was sent or received, whole seconds UTC: <c>receivedDateTime</c> for received mail,
    /// <c>sentDateTime</c> for sent mail, the Date header for mail files. Null: no readable date between 1980 and 2035.
    /// </summary>
    public Instant? At { get; init; }

    /// <summary>In whose name (RFC 5322 From; Graph <c>from</c>).</summary>
    public AddressId From { get; init; }

    /// <summary>Who sent it (RFC 5322 Sender; Graph <c>sender</c>). None when the header is missing.</summary>
    public AddressId Sender { get; init; }

    /// <summary>Who wrote it by a header that the operator named for a file import (<c>--author-header</c>).</summary>
    public AddressId Author { get; init; }

    /// <summary>Recipients by To, in order.</summary>
    public IReadOnlyList<AddressId> To { get; init; } = [];

    /// <summary>Recipients by Cc and Bcc, in order.</summary>
    public IReadOnlyList<AddressId> Cc { get; init; } = [];

    /// <summary>Where answers are asked to go (RFC 5322 Reply-To; Graph <c>replyTo</c>), in order.</summary>
    public IReadOnlyList<AddressId> ReplyTo { get; init; } = [];

    /// <summary>Keys of In-Reply-To, in order.</summary>
    public IReadOnlyList<MessageKey> InReplyTo { get; init; } = [];

    /// <summary>Keys of References, in order; the last ones where there were more than the source keeps.</summary>
    public IReadOnlyList<MessageKey> References { get; init; } = [];

    /// <summary>conversationIndex (Thread-Index) as bytes; empty when unknown. MS-OXOMSG 2.2.1.3.</summary>
    public ReadOnlyMemory<byte> ConversationIndex { get; init; }

    /// <summary>The last 16 bytes of Graph's conversationId; all zero when unknown. MS-OXOMSG 2.2.1.2.</summary>
    public MessageKey ConversationGuid { get; init; }

    /// <summary>The subject, decoded, at most <see cref="SubjectLimit"/> characters.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What the headers say about the nature of the message; the kind is decided from it.</summary>
    public Signs Signs { get; init; }

    /// <summary>The list's own address by List-Post, else by List-Id; none when the message came through no list.</summary>
    public AddressId List { get; init; }

    /// <summary>Where the message lies.</summary>
    public Folder Folder { get; init; }

    /// <summary>Whose folder that is when it is not the shared mailbox's: an agent's own Sent Items.</summary>
    public AddressId FolderOwner { get; init; }

    /// <summary>Importance as the message states it.</summary>
    public Importance Importance { get; init; }

    /// <summary>Categories, in order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>
    /// The folder of received mail it lies in, as the names that people gave from the top, parted by <c>/</c>; one for each
    /// place where it was seen. Empty where the source does not say, as mail files do not.
    /// </summary>
    public IReadOnlyList<string> Filed { get; init; } = [];

    /// <summary>Whether the follow-up flag is set to complete.</summary>
    public bool FlagComplete { get; init; }

    /// <summary>Size of the whole message in bytes where the source knows it; saturates.</summary>
    public int? Size { get; init; }

    /// <summary>
    /// A digest of what this sighting says, to choose the same sighting in any order of arrival.
    /// </summary>
    public ulong Digest { get; init; }

    /// <summary>How much of a subject is kept: Exchange keeps 255 characters.</summary>
    public const int SubjectLimit = 255;

    /// <summary>What joining needs of this sighting.</summary>
    public JoinKeys ToJoinKeys() => new()
    {
        FactId = FactId,
        Key = Key,
        At = At?.ToUnixTimeSeconds() ?? JoinKeys.Undated,
        Digest = Digest,
        InReplyTo = InReplyTo as MessageKey[] ?? [.. InReplyTo],
        References = References as MessageKey[] ?? [.. References],
        ConversationIndex = ConversationIndex,
        ConversationGuid = ConversationGuid,
        Subject = ConversationGuid.IsNone ? 0 : Subjects.KeyOf(Subject),
    };
}

/// <summary>Where a message lies.</summary>
public enum Folder : byte
{
    /// <summary>The source does not say, as mail files do not.</summary>
    Unknown,
    /// <summary>Inbox or any other folder of received mail.</summary>
    Received,
    /// <summary>A Sent Items folder.</summary>
    SentItems,
    /// <summary>Deleted Items.</summary>
    Deleted,
}

/// <summary>Importance as the message states it (RFC 4021 Importance, X-Priority; Graph <c>importance</c>).</summary>
public enum Importance : byte
{
    /// <summary>Nothing said, or normal.</summary>
    Normal,
    /// <summary>Low.</summary>
    Low,
    /// <summary>High.</summary>
    High,
}
