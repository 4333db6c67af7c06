using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>Everything that is ever in one mailbox: the letters that were written and the copies it holds.</summary>
sealed class Correspondence
{
    readonly Lazy<long[]> _changes;

    Correspondence(Mailbox mailbox, IReadOnlyList<Letter> letters, StoredMessage[] stored)
    {
        Mailbox = mailbox;
        Letters = letters;
        Stored = stored;
        _changes = new Lazy<long[]>(SortChanges);
    }

    public Mailbox Mailbox { get; }

    /// <summary>By time; for a shared mailbox also those whose only copy lies with an agent.</summary>
    public IReadOnlyList<Letter> Letters { get; }

    /// <summary>By the second each first appeared; the place is the number.</summary>
    public StoredMessage[] Stored { get; }

    public static Correspondence Of(Company company, SharedMailbox mailbox)
    {
        var letters = new List<Letter>();
        var desk = new LetterDesk(company, mailbox, letters);
        PlayConversations(company, mailbox, desk);
        letters.RemoveAll(letter => letter.At < 0 || letter.At >= company.EndSecond);
        letters.Sort(ByTime);
        var filing = new Filing(company, mailbox);
        var answeredAt = AnswerTimes(letters);
        var stored = letters.SelectMany(letter =>
            filing.CopiesOf(letter, answeredAt.TryGetValue(letter, out var at) ? at : null));
        return new Correspondence(mailbox, letters, Number(stored));
    }

    /// <summary>An agent's own Sent Items: what was sent from the agent's own profile, and some private letters.</summary>
    public static Correspondence Of(Company company, OwnMailbox own, Func<SharedMailbox, Correspondence> shared)
    {
        var letters = company.MailboxesOf(own.Agent)
            .SelectMany(mailbox => shared(mailbox).Letters)
            .Where(letter => letter.By == own.Agent && letter.Desk == Desk.OwnProfile)
            .ToList();
        letters.Sort(ByTime);
        return new Correspondence(own, letters, Number(letters.Select(letter =>
            new StoredMessage(letter, [new Change(letter.At, ChangeKind.Appear, FolderCode.SentItems)]))));
    }

    /// <summary>The numbers of the stored messages that changed after one second and not after another, each once, in order.</summary>
    public int[] ChangedBetween(int after, int until)
    {
        var changes = _changes.Value;
        var first = FirstAbove(changes, after);
        var last = FirstAbove(changes, until);
        var numbers = new SortedSet<int>();
        for (var place = first; place < last; place++) numbers.Add((int)(changes[place] & 0xFFFF_FFFF));
        return [.. numbers];
    }

    /// <summary>The second of the next change after <paramref name="second"/>; the end of time if there is none.</summary>
    public int NextChangeAfter(int second)
    {
        var place = FirstAbove(_changes.Value, second);
        return place < _changes.Value.Length ? (int)(_changes.Value[place] >> 32) : int.MaxValue;
    }

    static int FirstAbove(long[] changes, int second)
    {
        var place = Array.BinarySearch(changes, ((long)second << 32) | 0xFFFF_FFFF);
        return place < 0 ? ~place : place + 1;
    }

    long[] SortChanges()
    {
        var changes = Stored
            .SelectMany(stored => stored.Changes.Select(change => ((long)change.At << 32) | (uint)stored.Number))
            .ToArray();
        Array.Sort(changes);
        return changes;
    }

    static void PlayConversations(Company company, SharedMailbox mailbox, LetterDesk desk)
    {
        var conversations = Math.Max(1, (int)Math.Round(company.Scenario.ConversationsPerDay * company.Days));
        var script = new ConversationScript(company, mailbox, desk);
        var outbound = conversations / 20;
        var twins = TwinOf(company, mailbox) is null ? 0 : (int)(conversations * company.Quirks[Quirk.TwinLetters]);
        for (var number = 0; number < conversations - outbound - twins; number++)
        {
            var seed = Chance.Mix(mailbox.Seed, 800, (ulong)number);
            script.PlayInbound(seed, Rhythm.Instant(company, seed), null);
        }
        for (var number = 0; number < outbound; number++)
        {
            var seed = Chance.Mix(mailbox.Seed, 801, (ulong)number);
            script.PlayOutbound(seed, Rhythm.Instant(company, seed));
            if (mailbox.Setup.Automated) script.PlayNotice(Chance.Mix(seed, 5), Rhythm.Instant(company, Chance.Mix(seed, 6)));
        }
        for (var number = 0; number < twins; number++)
        {
            // Both mailboxes of a pair draw the same letters from the seed of the pair.
            var seed = Chance.Mix(Chance.Mix(company.Seed, 802), (ulong)(mailbox.Index / 2), (ulong)number);
            script.PlayInbound(seed, Rhythm.Instant(company, seed), TwinOf(company, mailbox));
        }
        new NoiseScript(company, mailbox, desk).Play(conversations);
    }

    static SharedMailbox? TwinOf(Company company, SharedMailbox mailbox) =>
        (mailbox.Index ^ 1) < company.Mailboxes.Count ? company.Mailboxes[mailbox.Index ^ 1] : null;

    static Dictionary<Letter, int> AnswerTimes(List<Letter> letters)
    {
        var times = new Dictionary<Letter, int>();
        foreach (var letter in letters)
            if (letter is { By: not null, IsTouch: false, Parent: { } parent }) times.TryAdd(parent, letter.At);
        return times;
    }

    static int ByTime(Letter left, Letter right) =>
        left.At != right.At ? left.At.CompareTo(right.At) : left.IdSeed.CompareTo(right.IdSeed);

    static StoredMessage[] Number(IEnumerable<StoredMessage> messages)
    {
        var stored = messages.OrderBy(message => message.AppearsAt).ToArray();
        for (var number = 0; number < stored.Length; number++) stored[number].Number = number;
        return stored;
    }
}
