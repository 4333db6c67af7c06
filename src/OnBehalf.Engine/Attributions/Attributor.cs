using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Attributions;

/// <summary>Says who wrote each message of a conversation, by graded evidence, and never guesses.</summary>
public static class Attributor
{
    /// <summary>Direction, kind and author of every message, in the conversation's order.</summary>
    public static AttributedMessage[] Attribute(
        Conversation conversation, MailboxRules rules, AuditBook audit, Addresses addresses)
    {
        var attributed = new AttributedMessage[conversation.Messages.Count];
        var requesterWrote = false;
        for (var i = 0; i < attributed.Length; i++)
        {
            var joined = conversation.Messages[i];
            attributed[i] = One(joined, rules, audit, addresses, requesterWrote);
            requesterWrote |= attributed[i] is { Direction: Direction.Inbound, Kind: Kind.Human } inbound
                && !rules.Roles.Has(inbound.Author, Role.Agent);
        }
        return attributed;
    }

    static AttributedMessage One(
        JoinedMessage joined, MailboxRules rules, AuditBook audit, Addresses addresses, bool requesterWrote)
    {
        var message = joined.Fact;
        var kind = KindRules.Decide(message, rules.Roles).Kind;
        var direction = DirectionOf(message, rules.Roles, requesterWrote);
        if (direction == Direction.Inbound)
            return new(joined, direction, kind, RequesterOf(message, rules.Roles), null);

        var pieces = Gather(joined, rules, audit, addresses);
        var attribution = Weigh(pieces, message, kind, rules, audit);
        var agent = attribution is Attribution.Known known ? known.Agent : AddressId.None;
        return new(joined, direction, kind, agent, attribution);
    }

    /// <summary>
    /// Outbound: in the mailbox's name, or by an agent answering in the conversation under their own name. Where a
    /// header carries the author because a list rewrote From, direction follows the author.
    /// </summary>
    static Direction DirectionOf(MessageFact message, Roles roles, bool requesterWrote)
    {
        if (roles.Has(message.From, Role.Own))
            return message.Author.IsNone || roles.Has(message.Author, Role.Agent)
                ? Direction.Outbound
                : Direction.Inbound;
        return requesterWrote && roles.Has(message.From, Role.Agent) ? Direction.Outbound : Direction.Inbound;
    }

    static AddressId RequesterOf(MessageFact message, Roles roles)
    {
        var author = roles.Has(message.From, Role.Own) ? message.Author : message.From;
        var agent = roles.AgentOf(author);
        return agent.IsNone ? author : agent;
    }

    static List<EvidencePiece> Gather(
        JoinedMessage joined, MailboxRules rules, AuditBook audit, Addresses addresses)
    {
        var message = joined.Fact;
        var roles = rules.Roles;
        var pieces = new List<EvidencePiece>(2);
        if (!roles.Has(message.From, Role.Own))
        {
            pieces.Add(new(Evidence.OwnName, Person(roles, message.From)));
            return pieces;
        }
        if (IsOnBehalf(message, roles, addresses)) pieces.Add(new(Evidence.OnBehalf, Person(roles, message.Sender)));
        foreach (var send in audit.RecordsOf(message))
        {
            var evidence = send.Operation == SendOperation.SendAs ? Evidence.AuditSendAs : Evidence.AuditSendOnBehalf;
            pieces.Add(new(evidence, ActorOf(send, roles), send.RecordId));
        }
        foreach (var owner in joined.CopyOwners)
            if (!roles.Has(owner, Role.Own)) pieces.Add(new(Evidence.AgentSentCopy, Person(roles, owner)));
        foreach (var send in audit.RecordsBySubjectOf(message))
            pieces.Add(new(Evidence.AuditBySubjectAndTime, ActorOf(send, roles), send.RecordId));
        if (roles.AgentOf(message.Author) is { IsNone: false } author) pieces.Add(new(Evidence.AuthorHeader, author));
        pieces.Sort((a, b) => a.Evidence.CompareTo(b.Evidence));
        return pieces;
    }

    /// <summary>
    /// "Agent on behalf of mailbox": the sender is a person other than the mailbox, and the message lies in Sent
    /// Items. A mail file does not say where a message lay; there only a known agent or colleague counts, since
    /// anybody outside can write a Sender header.
    /// </summary>
    static bool IsOnBehalf(MessageFact message, Roles roles, Addresses addresses)
    {
        var sender = message.Sender;
        if (sender.IsNone || (roles[sender] & (Role.Own | Role.Service)) != 0) return false;
        if (!roles.Has(sender, Role.Agent) && !SenderRules.CanBePerson(addresses[sender])) return false;
        return message.Folder switch
        {
            Folder.SentItems => true,
            Folder.Unknown => (roles[sender] & (Role.Agent | Role.Internal)) != 0 && message.List.IsNone,
            _ => false,
        };
    }

    static AddressId Person(Roles roles, AddressId address) =>
        roles.AgentOf(address) is { IsNone: false } agent ? agent : address;

    /// <summary>The person of an audit record; none where the system or an application sent.</summary>
    static AddressId ActorOf(SendFact send, Roles roles) =>
        send.ActorType is ActorType.System or ActorType.Application or ActorType.ServicePrincipal
        || (roles[send.Actor] & (Role.Service | Role.Own)) != 0
            ? AddressId.None
            : Person(roles, send.Actor);

    static Attribution Weigh(
        List<EvidencePiece> pieces, MessageFact message, Kind kind, MailboxRules rules, AuditBook audit)
    {
        var strongest = Grade.None;
        foreach (var piece in pieces)
            if (!piece.Agent.IsNone && piece.Grade > strongest) strongest = piece.Grade;
        if (strongest == Grade.None) return new Attribution.Unattributed(ReasonFor(message, kind, rules, audit), pieces);

        EvidencePiece? first = null;
        foreach (var piece in pieces)
        {
            if (piece.Grade != strongest || piece.Agent.IsNone) continue;
            first ??= piece;
            if (piece.Agent != first.Value.Agent) return new Attribution.Ambiguous(pieces);
        }
        return new Attribution.Known(first!.Value.Agent, first.Value.Evidence, pieces); // strongest came from a piece
    }

    static UnattributedReason ReasonFor(MessageFact message, Kind kind, MailboxRules rules, AuditBook audit)
    {
        if (kind != Kind.Human) return UnattributedReason.AutomatedMessage;
        foreach (var send in audit.RecordsOf(message))
            return send.ActorType is ActorType.Application or ActorType.ServicePrincipal
                ? UnattributedReason.ApplicationSender
                : UnattributedReason.SystemSender;
        // A list's rewritten From says nothing about a right that was used; only a stored sent message does.
        var sentAs = message.List.IsNone && (message.Sender.IsNone || rules.Roles.Has(message.Sender, Role.Own));
        if (!sentAs) return UnattributedReason.SenderUnknown;
        if (rules.AuditBlindness != UnattributedReason.None) return rules.AuditBlindness;
        return rules.AuditConnected ? UnattributedReason.AuditRecordMissing : UnattributedReason.SendAsNoAuditSource;
    }
}
