using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>A name and an address, as a header shows them.</summary>
readonly record struct Party(string Name, string Address);

/// <summary>Who a letter says it is from and to, and what it is called: the outside of it, quirks included.</summary>
sealed class Envelope(Company company, Letter letter)
{
    readonly SharedMailbox _mailbox = letter.Talk.Mailbox;

    /// <summary>Exchange's own sender of reports.</summary>
    public const string Postmaster = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@" + Company.InitialDomain;

    static readonly Party[] Nobody = [];

    public string Subject => letter.Form switch
    {
        LetterForm.Reply when letter.IsOutbound => "RE: " + letter.Talk.Topic,
        LetterForm.Reply => letter.Talk.Outside.ReplyPrefix + letter.Talk.Topic,
        LetterForm.Forward => "FW: " + letter.Talk.Topic,
        LetterForm.AbsenceNotice or LetterForm.Acknowledgement => "Automatic reply: " + letter.Talk.Topic,
        LetterForm.Undeliverable => "Undeliverable: RE: " + letter.Talk.Topic,
        LetterForm.ReadReceipt => "Read: RE: " + letter.Talk.Topic,
        LetterForm.MeetingAnswer => "Accepted: " + letter.Talk.Topic,
        _ => letter.Talk.Topic,
    };

    /// <summary>The From header; null where Graph shows none.</summary>
    public Party? From => letter switch
    {
        { Right: SendRight.OwnName } => AgentAsSender(),
        { IsOutbound: true } => MailboxAsSender(),
        { Form: LetterForm.ChatCopy } => null,
        { Form: LetterForm.Undeliverable } => Strikes(Quirk.MissingFrom) ? null : new Party("Microsoft Outlook", Postmaster),
        { Form: LetterForm.Newsletter } => new Party("Weekly news", "news@" + NewsDomain),
        { Form: LetterForm.Notification } => Machine,
        _ => Outside(),
    };

    /// <summary>The Sender header, or From where there is none: on behalf, the agent stands here.</summary>
    public Party? Sender => letter switch
    {
        { Right: SendRight.OnBehalf } => AgentAsSender(),
        { Form: LetterForm.Newsletter } => new Party("bounces", "bounces@" + NewsDomain),
        _ => From,
    };

    public IReadOnlyList<Party> To
    {
        get
        {
            if (letter.Colleague is { } colleague) return [new Party(colleague.NameAt(letter.At), colleague.AddressAt(letter.At))];
            if (letter.IsOutbound) return [Outside()];
            if (letter.HidesRecipients)
                return letter.IdSeed % 2 == 0 ? Nobody : [new Party("All desks", "all-desks@" + Company.Domain)];
            return letter.Talk.Twin is { } twin && letter.Parent is null
                ? [MailboxAsRecipient(), new Party(twin.Name, twin.Address)]
                : [MailboxAsRecipient()];
        }
    }

    public IReadOnlyList<Party> Cc => letter.Right == SendRight.OwnName ? [new Party(_mailbox.Name, _mailbox.Address)] : Nobody;

    /// <summary>The address of the mailbox the letter came in by, or left from.</summary>
    public Party MailboxAsSender() =>
        new(_mailbox.Name, Strikes(Quirk.AddressNoise) && letter.IdSeed % 3 == 0 ? _mailbox.Alias : _mailbox.Address);

    Party MailboxAsRecipient()
    {
        if (!Strikes(Quirk.AddressNoise)) return new Party(_mailbox.Name, _mailbox.Address);
        var tagged = _mailbox.Address.Insert(_mailbox.Address.IndexOf('@'), "+web");
        var address = (letter.IdSeed % 4) switch
        {
            0 => _mailbox.Alias,
            1 => tagged,
            2 => _mailbox.Address.ToUpperInvariant(),
            _ => _mailbox.Address,
        };
        return new Party(address, address);
    }

    Party Outside()
    {
        var customer = letter.Talk.Outside;
        if (!Strikes(Quirk.AddressNoise)) return new Party(customer.Name, customer.Address);
        var address = letter.IdSeed % 2 == 0 ? customer.Address : char.ToUpperInvariant(customer.Address[0]) + customer.Address[1..];
        return new Party(letter.IdSeed % 3 == 0 ? address : customer.Name, address);
    }

    Party AgentAsSender()
    {
        var agent = letter.By!; // Only letters somebody sent in person come here.
        var name = agent.NameAt(letter.At);
        if (Strikes(Quirk.ExchangeAddresses)) return new Party(name, agent.LegacyName.ToUpperInvariant());
        var address = agent.AddressAt(letter.At);
        return new Party(name, Strikes(Quirk.AddressNoise) && letter.IdSeed % 3 == 1 ? Capitalised(address) : address);
    }

    static string Capitalised(string address) => char.ToUpperInvariant(address[0]) + address[1..];

    string NewsDomain => Names.Newsletters[letter.Talk.Seed % (ulong)Names.Newsletters.Length];

    Party Machine
    {
        get
        {
            var machine = Names.Machines[letter.Talk.Seed % (ulong)Names.Machines.Length];
            return new Party(machine, machine + "@" + Company.Domain);
        }
    }

    bool Strikes(Quirk quirk) => Chance.Hits(letter.IdSeed, quirk, company.Quirks[quirk]);
}
