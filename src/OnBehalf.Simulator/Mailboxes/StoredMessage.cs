namespace OnBehalf.Simulator.Mailboxes;

enum ChangeKind : byte { Appear, Read, Edit, Send, Move, Complete, Categorise, Vanish }

/// <summary>Something that happened to a stored message, at a second of the world.</summary>
readonly record struct Change(int At, ChangeKind Kind, FolderCode Folder);

/// <summary>What a stored message is like at an instant.</summary>
record struct MessageState
{
    public bool Exists { get; set; }
    public FolderCode Folder { get; set; }
    public bool IsRead { get; set; }
    public bool IsDraft { get; set; }
    public bool IsComplete { get; set; }
    public bool IsCategorised { get; set; }

    /// <summary>How often it has moved: the default id changes with every move.</summary>
    public int Moves { get; set; }

    /// <summary>How many changes it has seen: the change key follows it.</summary>
    public int Version { get; set; }
    public int ModifiedAt { get; set; }
}

/// <summary>One copy of a letter in one mailbox, and all that will ever happen to it.</summary>
sealed class StoredMessage(Letter letter, Change[] changes)
{
    public Letter Letter => letter;
    public Change[] Changes => changes;

    /// <summary>Its place among the mailbox's stored messages, by the second it appeared.</summary>
    public int Number { get; set; }
    public int AppearsAt => changes[0].At;

    public MessageState StateAt(int second)
    {
        var state = new MessageState();
        foreach (var change in changes)
        {
            if (change.At > second) break;
            Apply(ref state, change);
        }
        return state;
    }

    static void Apply(ref MessageState state, Change change)
    {
        state.Version++;
        state.ModifiedAt = change.At;
        switch (change.Kind)
        {
            case ChangeKind.Appear:
                state.Exists = true;
                state.Folder = change.Folder;
                state.IsDraft = change.Folder == FolderCode.Drafts;
                state.IsRead = change.Folder is FolderCode.Drafts or FolderCode.SentItems;
                break;
            case ChangeKind.Send:
                state.IsDraft = false;
                state.Folder = change.Folder;
                state.Moves++;
                break;
            case ChangeKind.Move:
                state.Folder = change.Folder;
                state.Moves++;
                break;
            case ChangeKind.Read: state.IsRead = true; break;
            case ChangeKind.Complete: state.IsComplete = true; break;
            case ChangeKind.Categorise: state.IsCategorised = true; break;
            case ChangeKind.Vanish: state.Exists = false; break;
        }
    }
}
