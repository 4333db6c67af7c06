using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>A folder's number within its mailbox; the well-known ones carry the byte real folder ids end in.</summary>
enum FolderCode : byte
{
    Root = 0x08, SentItems = 0x09, DeletedItems = 0x0A, Outbox = 0x0B, Inbox = 0x0C, Drafts = 0x0F,
    ConversationHistory = 0x15, Archive = 0x17, JunkEmail = 0x19, RecoverableItems = 0x1C,
    Done = 0x40, Vip = 0x41, Newsletters = 0x42, Waiting = 0x43, WaitingAgain = 0x44,
}

/// <summary>A mail folder: what it is called, where it lies, and from when to when it exists.</summary>
sealed record Folder(FolderCode Code, string Name, string? WellKnownName, FolderCode? Parent)
{
    public bool IsHidden { get; init; }
    public int CreatedAt { get; init; } = int.MinValue;
    public int DeletedAt { get; init; } = int.MaxValue;
    public (int At, string Name)? Renamed { get; init; }

    public string NameAt(int second) => Renamed is { } renamed && second >= renamed.At ? renamed.Name : Name;
    public bool ExistsAt(int second) => second >= CreatedAt && second < DeletedAt;
}

/// <summary>The folders of a mailbox.</summary>
sealed class FolderTree
{
    readonly Folder?[] _byCode = new Folder?[256];

    public FolderTree(Company company)
    {
        var changes = company.Quirks[Quirk.FolderChanges] > 0;
        var (renamedAt, deletedAt) = (company.EndSecond / 3, company.EndSecond / 2);
        Folders =
        [
            new(FolderCode.Root, "Top of Information Store", "msgfolderroot", null),
            new(FolderCode.Archive, "Archive", "archive", FolderCode.Root),
            new(FolderCode.ConversationHistory, "Conversation History", "conversationhistory", FolderCode.Root),
            new(FolderCode.DeletedItems, "Deleted Items", "deleteditems", FolderCode.Root),
            new(FolderCode.Drafts, "Drafts", "drafts", FolderCode.Root),
            new(FolderCode.Inbox, "Inbox", "inbox", FolderCode.Root),
            new(FolderCode.JunkEmail, "Junk Email", "junkemail", FolderCode.Root),
            new(FolderCode.Outbox, "Outbox", "outbox", FolderCode.Root),
            new(FolderCode.SentItems, "Sent Items", "sentitems", FolderCode.Root),
            // The recoverable items lie beside the root: no listing shows them, only their well-known name does.
            new(FolderCode.RecoverableItems, "Deletions", "recoverableitemsdeletions", null) { IsHidden = true },
            new(FolderCode.Done, "Done", null, FolderCode.Inbox)
            {
                Renamed = changes ? (renamedAt, "Answered") : null,
            },
            new(FolderCode.Vip, "Key accounts", null, FolderCode.Inbox),
            new(FolderCode.Newsletters, "Newsletters", null, FolderCode.Inbox),
            new(FolderCode.Waiting, "Waiting", null, FolderCode.Root)
            {
                DeletedAt = changes ? deletedAt : int.MaxValue,
            },
            new(FolderCode.WaitingAgain, "Waiting", null, FolderCode.Root)
            {
                CreatedAt = changes ? deletedAt + 3_600 : int.MaxValue,
            },
        ];
        foreach (var folder in Folders) _byCode[(byte)folder.Code] = folder;
    }

    public IReadOnlyList<Folder> Folders { get; }

    public Folder? Find(FolderCode code, int second) =>
        _byCode[(byte)code] is { } folder && folder.ExistsAt(second) ? folder : null;

    public Folder? FindWellKnown(string name) =>
        Folders.FirstOrDefault(folder => name.Equals(folder.WellKnownName, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<Folder> ChildrenOf(FolderCode parent, int second) =>
        Folders.Where(folder => folder.Parent == parent && folder.ExistsAt(second));
}
