namespace OnBehalf.Sources.Files;

/// <summary>A file to be read, or a folder that cannot be.</summary>
/// <param name="Path">Where it lies, as the operator named it.</param>
/// <param name="IsSingle">Whether it holds one message whatever it looks like.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Refusal">Why it cannot be looked into.</param>
sealed record FoundFile(string Path, bool IsSingle, long Length, string? Refusal = null);

/// <summary>
/// The mail files under a path, in the order of their names. Folders lie on a stack of ours, however deep they are, and
/// each is entered once, however many links lead to it.
/// </summary>
static class FileWalk
{
    /// <summary>Files that mail programs keep beside the mail.</summary>
    static readonly string[] Notes = ["dovecot", "courier", "maildirfolder", "subscriptions"];

    // A name that says it is mail is mail, whatever it begins with.
    static readonly string[] MailNames = [".eml", ".mbox", ".gz"];

    static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The files under a path; an empty file holds no mail.</summary>
    public static IEnumerable<FoundFile> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            yield return new(path, IsInMaildir(path), LengthOf(path));
            yield break;
        }
        var folders = new Stack<string>([path]);
        var entered = new HashSet<string>(StringComparer.Ordinal);
        while (folders.TryPop(out var folder))
        {
            if (!entered.Add(RealPath(folder))) continue;
            var entries = Entries(folder, out var refusal);
            if (refusal is not null) yield return new(folder, false, 0, refusal);
            foreach (var file in entries)
                if (file is FileInfo && !IsNote(file.Name) && LengthOf(file.FullName) is > 0 and var length)
                    yield return new(Path.Combine(folder, file.Name), IsInMaildir(file.FullName), length);
            for (var i = entries.Length - 1; i >= 0; i--)
                if (entries[i] is DirectoryInfo && !IsUnfinished(folder, entries[i].Name))
                    folders.Push(Path.Combine(folder, entries[i].Name));
        }
    }

    static FileSystemInfo[] Entries(string folder, out string? refusal)
    {
        refusal = null;
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            refusal = closed.Message;
            return [];
        }
    }

    static bool IsNote(string name) =>
        name.StartsWith('.')
        || (Notes.Any(note => name.StartsWith(note, StringComparison.Ordinal)) && !MailNames.Any(name.EndsWith));

    // A program is still writing what lies in the folder tmp of a Maildir.
    static bool IsUnfinished(string folder, string name) => name == "tmp" && Directory.Exists(Path.Combine(folder, "cur"));

    static bool IsInMaildir(string path) => Path.GetFileName(Path.GetDirectoryName(path)) is "cur" or "new";

    // What is no regular file, as a pipe that nobody writes to, has no length.
    static long LengthOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // Links anywhere in the path are followed, so that one folder has one name.
    static string RealPath(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!; // A full path has a root.
        var rest = new Stack<string>(Path.GetFullPath(path).Split(Path.DirectorySeparatorChar).Reverse());
        for (var links = 0; rest.TryPop(out var name);)
        {
            if (name.Length == 0) continue;
            var next = Path.Combine(real, name);
            if (links > MailLimits.Links || new DirectoryInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            links++;
            var full = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(full)!; // As above.
            foreach (var part in full.Split(Path.DirectorySeparatorChar).Reverse()) rest.Push(part);
        }
        return real;
    }
}
