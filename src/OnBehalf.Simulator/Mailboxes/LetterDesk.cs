using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>Writes the letters of one mailbox: knows what each has to carry so that a reader can, or cannot, join it.</summary>
sealed class LetterDesk(Company company, SharedMailbox mailbox, List<Letter> letters)
{
    int _written;

    /// <summary>A letter from outside. The first of a talk written to two mailboxes has one Message-ID in both.</summary>
    public Letter Receive(Talk talk, int at, LetterForm form, LetterKind kind, Letter? parent, ulong? idSeed = null)
    {
        var seed = idSeed ?? NextSeed();
        // A client without Thread-Index leaves it to Exchange, which extends the parent's index as it files the mail.
        var losesIndex = Strikes(seed, Quirk.FreshIndexes);
        return Add(new Letter
        {
            Talk = talk, At = at, Kind = kind, Form = form, IdSeed = seed, Parent = parent,
            Index = IndexOf(talk, at, seed, losesIndex ? null : parent),
            ClockError = Strikes(seed, Quirk.SkewedClocks) ? ClockErrors[seed % (ulong)ClockErrors.Length] : -(int)(seed % 4),
            IsSplit = parent is not null && kind == LetterKind.Human && !losesIndex && Strikes(seed, Quirk.SplitConversations),
            HidesRecipients = form is LetterForm.New && Strikes(seed, Quirk.HiddenRecipients),
            IsProtected = kind == LetterKind.Human && Strikes(seed, Quirk.ProtectedMail),
        });
    }

    /// <summary>A letter an agent sends, by the right the agent holds, from where the agent happens to work.</summary>
    public Letter Send(Talk talk, int at, Agent agent, Letter? parent, LetterForm form, Agent? colleague = null)
    {
        var seed = NextSeed();
        var chance = new Chance(Chance.Mix(seed, 51));
        var ownName = colleague is null && parent is not null && chance.Hits(mailbox.Setup.OwnName);
        var isDirect = chance.Hits(mailbox.Setup.Direct) && Company.HoldsFullAccess(mailbox, agent);
        ownName |= !Company.MaySend(mailbox, agent);
        var losesIndex = Strikes(seed, Quirk.FreshIndexes);
        return Add(new Letter
        {
            Talk = talk, At = at, Kind = LetterKind.Human, Form = form, IdSeed = seed, Parent = parent, IsOutbound = true,
            By = agent, Colleague = colleague,
            Right = ownName ? SendRight.OwnName : company.UsesSendAs(mailbox, agent) ? SendRight.SendAs : SendRight.OnBehalf,
            Desk = ownName || !isDirect ? Desk.OwnProfile : chance.Hits(0.4) ? Desk.Phone : Desk.OpenedMailbox,
            Index = IndexOf(talk, at, seed, losesIndex ? null : parent),
            IsSplit = parent is not null && !losesIndex && Strikes(seed, Quirk.SplitConversations),
            IsRewritten = Strikes(seed, Quirk.RewrittenIds),
            IsProtected = Strikes(seed, Quirk.ProtectedMail),
        });
    }

    /// <summary>A letter a flow or a machine sends as the mailbox: no person pressed Send.</summary>
    public Letter SendByMachine(Talk talk, int at, LetterForm form, LetterKind kind, Letter? parent)
    {
        var seed = NextSeed();
        return Add(new Letter
        {
            Talk = talk, At = at, Kind = kind, Form = form, IdSeed = seed, Parent = parent, IsOutbound = true,
            Right = SendRight.Application, Desk = Desk.OpenedMailbox, Index = IndexOf(talk, at, seed, parent),
        });
    }

    static readonly int[] ClockErrors = [-7_200, -3_600, -900, -120, 240, 3_600, 86_400];

    bool Strikes(ulong seed, Quirk quirk) => Chance.Hits(seed, quirk, company.Quirks[quirk]);

    ulong NextSeed() => Chance.Mix(mailbox.Seed, 500, (ulong)_written++);

    byte[] IndexOf(Talk talk, int at, ulong seed, Letter? parent)
    {
        if (parent is not null) return ConversationIndexes.Child(parent.Index, seed);
        // A fresh root in the middle of a talk has a guid of its own; the first root carries the talk's.
        var guid = at == talk.BeganAt ? talk.RootGuid : Chance.GuidFrom(Chance.Mix(seed, 33));
        return ConversationIndexes.Root(company.At(at), guid, desktopForm: seed % 5 == 0);
    }

    Letter Add(Letter letter)
    {
        letters.Add(letter);
        return letter;
    }
}
