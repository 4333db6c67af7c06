namespace OnBehalf.Engine.Conversations;

/// <summary>The rule that joined a message to its parent; docs/metrics.md, "What belongs together".</summary>
public enum JoinRule : byte
{
    /// <summary>It joins nothing: it begins a conversation.</summary>
    Root,
    /// <summary>In-Reply-To names a message of this mailbox (RFC 5322, section 3.6.4).</summary>
    InReplyTo,
    /// <summary>The last of References that is in this mailbox.</summary>
    References,
    /// <summary>conversationIndex without its last five bytes, or its longest prefix, is an earlier message's.</summary>
    ConversationIndex,
    /// <summary>Same conversationId and same subject.</summary>
    ConversationId,
    /// <summary>Its references ran in a circle; as the earliest of the circle it begins the conversation.</summary>
    CircleBroken,
}
