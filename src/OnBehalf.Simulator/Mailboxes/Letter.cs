using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>What a letter is, in the words of the metrics.</summary>
enum LetterKind { Human, AutoReply, Bulk, Bounce, Calendar, Receipt, System }

/// <summary>By which right an outbound letter left the house.</summary>
enum SendRight { None, OnBehalf, SendAs, OwnName, Application }

/// <summary>What a letter looks like: it decides subject, headers and message class.</summary>
enum LetterForm
{
    New, Reply, Forward, AbsenceNotice, Acknowledgement, Undeliverable, ReadReceipt, MeetingRequest, MeetingAnswer, Newsletter,
    Notification, ChatCopy,
}

/// <summary>The letters that belong together in truth, whatever their headers say.</summary>
sealed class Talk
{
    public required ulong Seed { get; init; }
    public required string Topic { get; init; }
    public required Customer Outside { get; init; }
    public required SharedMailbox Mailbox { get; init; }

    /// <summary>The other mailbox the first letter was addressed to, if any.</summary>
    public SharedMailbox? Twin { get; init; }

    /// <summary>The conversation id is made of the subject alone, and other talks have that subject too.</summary>
    public bool SharesId { get; init; }
    public required Guid ConversationGuid { get; init; }

    /// <summary>The second of the first letter.</summary>
    public required int BeganAt { get; init; }

    /// <summary>The guid inside the first letter's conversation index.</summary>
    public Guid RootGuid => Chance.GuidFrom(Chance.Mix(Seed, 30));

    public Guid Id => Chance.GuidFrom(Chance.Mix(Seed, 31));
}

/// <summary>One mail that really was written, whether or not the shared mailbox holds a copy of it.</summary>
sealed class Letter
{
    public required Talk Talk { get; init; }

    /// <summary>Seconds since the world began: when it was delivered to us, or sent by us.</summary>
    public required int At { get; init; }
    public required LetterKind Kind { get; init; }
    public required LetterForm Form { get; init; }
    public required ulong IdSeed { get; init; }

    /// <summary>The conversation index, as bytes.</summary>
    public required byte[] Index { get; init; }

    public bool IsOutbound { get; init; }

    /// <summary>Who pressed Send; null when no agent did.</summary>
    public Agent? By { get; init; }
    public SendRight Right { get; init; }
    public Desk Desk { get; init; }
    public Letter? Parent { get; init; }

    /// <summary>The colleague an agent asks or forwards to; such a letter does not reach the customer.</summary>
    public Agent? Colleague { get; init; }

    /// <summary>How far the sender's clock is off, in seconds.</summary>
    public int ClockError { get; init; }

    /// <summary>The conversation id differs from the talk's.</summary>
    public bool IsSplit { get; init; }

    /// <summary>A gateway changed the Message-ID on its way out, so answers refer to another.</summary>
    public bool IsRewritten { get; init; }
    public bool HidesRecipients { get; init; }
    public bool IsProtected { get; init; }

    /// <summary>A touch is mail to colleagues only.</summary>
    public bool IsTouch => Colleague is not null;

    public Guid ConversationGuid =>
        IsSplit ? Chance.GuidFrom(Chance.Mix(IdSeed, 32)) : Talk.ConversationGuid;

    public string MessageId => MessageIds.Of(this, rewritten: false);
    public string IdSeenOutside => MessageIds.Of(this, IsRewritten);
}
