using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>
/// Decides which copies of a letter a shared mailbox holds and what happens to each: read, filed, flagged, deleted, archived.
/// Only noise ever vanishes, so that a reader who comes late still finds every letter that counts.
/// </summary>
sealed class Filing(Company company, SharedMailbox mailbox)
{
    const int Minute = 60;
    const int Hour = 3_600;
    const int Day = 86_400;

    /// <summary>The copies of one letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="answeredAt">The second of the letter that answers it; null if none does.</param>
    public IEnumerable<StoredMessage> CopiesOf(Letter letter, int? answeredAt)
    {
        if (letter.Right == SendRight.OwnName) return [Arrived(letter, null)];
        if (letter.IsOutbound) return Sent(letter);
        return [Arrived(letter, answeredAt)];
    }

    /// <summary>
    /// Where sent copies lie (Microsoft's page on sent items of delegated mailboxes): a reply from the opened mailbox lies in
    /// it; one from an agent's own profile only with the agent, unless the mailbox asks for a copy.
    /// </summary>
    IEnumerable<StoredMessage> Sent(Letter letter)
    {
        if (letter.Desk != Desk.OwnProfile)
        {
            yield return Strikes(letter, Quirk.Drafts, 1) ? Drafted(letter) : Plain(letter, letter.At);
            yield break;
        }
        if (!(letter.Right == SendRight.SendAs ? mailbox.Setup.CopySentAs : mailbox.Setup.CopyOnBehalf)) yield break;
        if (new Chance(Chance.Mix(letter.IdSeed, 63)).Hits(mailbox.Setup.LostCopies)) yield break;
        var seed = Chance.Mix(letter.IdSeed, 61);
        var lag = Strikes(letter, Quirk.LateCopies, 1) ? 10 * Minute + (int)(seed % (6 * Hour)) : 2 + (int)(seed % 90);
        yield return Plain(letter, letter.At + lag);
        // Outlook on the desktop can be told to keep the sent copy in the shared mailbox as well.
        if (Strikes(letter, Quirk.DuplicateCopies, 1)) yield return Plain(letter, letter.At + 1);
    }

    static StoredMessage Plain(Letter letter, int at) =>
        new(letter, [new Change(at, ChangeKind.Appear, FolderCode.SentItems)]);

    static StoredMessage Drafted(Letter letter)
    {
        var saves = 1 + (int)(letter.IdSeed % 3);
        var changes = new Change[saves + 2];
        var began = letter.At - 20 * (saves + 1);
        changes[0] = new Change(began, ChangeKind.Appear, FolderCode.Drafts);
        for (var save = 1; save <= saves; save++) changes[save] = new Change(began + 20 * save, ChangeKind.Edit, 0);
        changes[^1] = new Change(letter.At, ChangeKind.Send, FolderCode.SentItems);
        return new StoredMessage(letter, changes);
    }

    StoredMessage Arrived(Letter letter, int? answeredAt)
    {
        var seed = Chance.Mix(letter.IdSeed, 62);
        var changes = new List<Change>(5) { new(letter.At, ChangeKind.Appear, DeliveredTo(letter)) };
        if (letter.Kind == LetterKind.Human)
        {
            var readAt = answeredAt is { } answer ? Math.Max(letter.At + 5, answer - 5 * Minute) : letter.At + Hour;
            changes.Add(new Change(readAt, ChangeKind.Read, 0));
            if (seed % 10 == 0) changes.Add(new Change(readAt + 10, ChangeKind.Categorise, 0));
            if (answeredAt is { } at) AfterTheAnswer(letter, changes, Math.Max(readAt + 20, at) + Minute, seed);
        }
        else if (letter.Kind is LetterKind.Bulk or LetterKind.System) Discard(letter, changes, seed);
        return new StoredMessage(letter, [.. changes]);
    }

    FolderCode DeliveredTo(Letter letter) => letter.Form switch
    {
        LetterForm.ChatCopy => FolderCode.ConversationHistory,
        LetterForm.Newsletter when letter.IdSeed % 3 == 0 => FolderCode.Newsletters,
        LetterForm.New when Strikes(letter, Quirk.SubfolderDelivery, 1) => FolderCode.Vip,
        _ => FolderCode.Inbox,
    };

    /// <summary>Filing under Done, now and then back to the Inbox and there again within the hour.</summary>
    void AfterTheAnswer(Letter letter, List<Change> changes, int at, ulong seed)
    {
        if (!Strikes(letter, Quirk.Filing, 1)) return;
        changes.Add(new Change(at, ChangeKind.Move, FolderCode.Done));
        if (seed % 4 == 0)
        {
            changes.Add(new Change(at + 10 * Minute, ChangeKind.Move, FolderCode.Inbox));
            return;
        }
        if (seed % 7 == 0) changes.Add(new Change(at + Minute, ChangeKind.Move, FolderCode.DeletedItems));
    }

    void Discard(Letter letter, List<Change> changes, ulong seed)
    {
        if (letter.Form == LetterForm.ChatCopy) return;
        if (Strikes(letter, Quirk.SoftDeletes, 1))
        {
            var at = letter.At + Hour + (int)(seed % (2 * Day));
            changes.Add(new Change(at, ChangeKind.Move, FolderCode.DeletedItems));
            if (seed % 2 == 0) return;
            changes.Add(new Change(at + Day, ChangeKind.Move, FolderCode.RecoverableItems));
            changes.Add(new Change(at + 15 * Day, ChangeKind.Vanish, 0));
        }
        else if (Strikes(letter, Quirk.Archiving, 1)) changes.Add(new Change(letter.At + 30 * Day, ChangeKind.Vanish, 0));
        else if (seed % 9 == 0) Park(letter, changes);
    }

    /// <summary>Parks a notice in the folder that will be deleted: it goes with the folder.</summary>
    void Park(Letter letter, List<Change> changes)
    {
        var goneAt = company.Quirks[Quirk.FolderChanges] > 0 ? company.EndSecond / 2 : int.MaxValue;
        var at = letter.At + Hour;
        if (at >= goneAt - Hour)
        {
            if (at > goneAt + Hour) changes.Add(new Change(at, ChangeKind.Move, FolderCode.WaitingAgain));
            return;
        }
        changes.Add(new Change(at, ChangeKind.Move, FolderCode.Waiting));
        if (goneAt < int.MaxValue) changes.Add(new Change(goneAt, ChangeKind.Vanish, 0));
    }

    bool Strikes(Letter letter, Quirk quirk, ulong salt) =>
        Chance.Hits(Chance.Mix(letter.IdSeed, salt), quirk, company.Quirks[quirk]);
}
