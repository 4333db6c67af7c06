using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Audit;

/// <summary>What an entry of the trail records.</summary>
enum AuditSubject : byte { Send, SendAgain, SystemSend, Handling }

/// <summary>What was done, as the log spells it.</summary>
enum AuditOperation : byte { SendAs, SendOnBehalf, MailItemsAccessed, Update, MoveToDeletedItems }

/// <summary>One record to be, so small that the trail of millions of letters fits: the text is made when it is asked for.</summary>
readonly record struct AuditEntry(
    int AvailableAt, int HappenedAt, int Mailbox, int Letter, AuditSubject Subject, AuditOperation Operation);

/// <summary>The audit log of the whole tenant, by the second each record becomes readable.</summary>
sealed class AuditTrail
{
    readonly World _world;
    readonly Lazy<AuditEntry[]> _entries;

    public AuditTrail(World world)
    {
        _world = world;
        _entries = new Lazy<AuditEntry[]>(Gather);
    }

    public AuditEntry[] Entries => _entries.Value;

    /// <summary>The place of the first entry readable at or after a second.</summary>
    public int FirstFrom(int second)
    {
        var (low, high) = (0, Entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Entries[middle].AvailableAt < second) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public (SharedMailbox Mailbox, Letter Letter) Open(AuditEntry entry)
    {
        var mailbox = _world.Company.Mailboxes[entry.Mailbox];
        return (mailbox, _world.Shelf.Open(mailbox).Letters[entry.Letter]);
    }

    AuditEntry[] Gather()
    {
        var entries = new List<AuditEntry>();
        if (_world.Company.Scenario.UnifiedAudit)
            foreach (var mailbox in _world.Company.Mailboxes) Gather(mailbox, entries);
        entries.Sort((left, right) => left.AvailableAt != right.AvailableAt
            ? left.AvailableAt.CompareTo(right.AvailableAt)
            : (left.Mailbox, left.Letter, left.Subject).CompareTo((right.Mailbox, right.Letter, right.Subject)));
        return [.. entries];
    }

    void Gather(SharedMailbox mailbox, List<AuditEntry> entries)
    {
        var letters = _world.Shelf.Open(mailbox).Letters;
        for (var place = 0; place < letters.Count; place++)
        {
            var letter = letters[place];
            if (letter.IsOutbound) AddSend(mailbox, letter, place, entries);
            else if (letter.IdSeed % 6 == 0)
                entries.Add(new AuditEntry(letter.At + 5_400, letter.At + 600, mailbox.Index, place, AuditSubject.Handling,
                    AuditOperation.MailItemsAccessed + (byte)(letter.IdSeed / 6 % 3)));
        }
    }

    void AddSend(SharedMailbox mailbox, Letter letter, int place, List<AuditEntry> entries)
    {
        var fate = AuditFate.Of(_world.Company, mailbox, letter);
        if (fate.AvailableAt is not { } available) return;
        var entry = new AuditEntry(available, letter.At, mailbox.Index, place, AuditSubject.Send,
            letter.Right == SendRight.OnBehalf ? AuditOperation.SendOnBehalf : AuditOperation.SendAs);
        entries.Add(entry);
        if (fate.AgainAt is { } again) entries.Add(entry with { AvailableAt = again, Subject = AuditSubject.SendAgain });
        if (fate.AlsoSystem) entries.Add(entry with { Subject = AuditSubject.SystemSend });
    }
}
