using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>What one candidate of a delta round is to the reader of a folder.</summary>
enum DeltaKind { Nothing, Created, Updated, Removed }

/// <summary>
/// The candidates of one round over one folder. In a first round they are all messages there are; later, those that changed
/// between the end of the last round and the end of this one.
/// </summary>
sealed class DeltaRound(World world, Correspondence content, FolderCode folder, DeltaToken token, bool immutable)
{
    readonly int[]? _changed = token.Since < 0 ? null : content.ChangedBetween(token.Since, token.Until);

    public int Count => _changed?.Length ?? content.Stored.Length;

    public StoredMessage At(int position)
    {
        var place = token.NewestFirst ? Count - 1 - position : position;
        return content.Stored[_changed is null ? place : _changed[place]];
    }

    /// <summary>What the reader learns of a message, and its state to show: for a removal, the one it had before.</summary>
    public DeltaKind Judge(StoredMessage message, out MessageState state)
    {
        state = message.StateAt(token.Until);
        var isHere = state.Exists && state.Folder == folder;
        if (token.Since < 0) return isHere ? DeltaKind.Created : DeltaKind.Nothing;
        var before = message.StateAt(token.Since);
        var wasHere = before.Exists && before.Folder == folder;
        if (isHere && IsForgotten(message, wasHere)) return DeltaKind.Nothing;
        if (isHere) return wasHere ? DeltaKind.Updated : DeltaKind.Created;
        if (!wasHere) return DeltaKind.Nothing;
        state = before;
        return DeltaKind.Removed;
    }

    /// <summary>
    /// The state whose default id the reader still has although the message has left and come back under a new one.
    /// </summary>
    public MessageState? Outdated(StoredMessage message, in MessageState now)
    {
        if (immutable || token.Since < 0) return null;
        var before = message.StateAt(token.Since);
        return before.Exists && before.Folder == folder && before.Moves != now.Moves ? before : null;
    }

    /// <summary>
    /// Microsoft's known issue: with immutable ids, a message that left the folder and came back may be missed.
    /// </summary>
    bool IsForgotten(StoredMessage message, bool wasHere)
    {
        if (!immutable || !world.Strikes(Quirk.MissedMoves, message.Letter.IdSeed)) return false;
        var wasEverHere = false;
        var hasLeft = false;
        foreach (var change in message.Changes)
        {
            if (change.At > token.Until) break;
            if (change.Kind is not (ChangeKind.Appear or ChangeKind.Move or ChangeKind.Send)) continue;
            if (change.Folder == folder) wasEverHere = true;
            else if (wasEverHere) hasLeft = true;
        }
        return hasLeft && !wasHere;
    }
}
