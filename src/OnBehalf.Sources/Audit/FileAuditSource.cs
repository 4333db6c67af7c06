using System.Runtime.CompilerServices;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// Exported audit records: <c>Search-UnifiedAuditLog | Export-Csv</c>, both CSV exports of the Purview portal, what
/// Splunk and Log Analytics make of them, JSON arrays and lines, blobs of the Management Activity API, pages of
/// Graph's audit query, any of them gzipped or in UTF-16. The format is known from the content; the name of a file
/// says nothing. Inputs are streamed and may be of any size.
/// </summary>
/// <param name="paths">
/// Files, folders (read through, in ordinal order of the paths, hidden files left out), or <c>-</c> for standard input.
/// </param>
/// <param name="addresses">Where the addresses of the facts go.</param>
/// <param name="standardInput">What <c>-</c> stands for; null where there is none.</param>
public sealed class FileAuditSource(IReadOnlyList<string> paths, Addresses addresses, Stream? standardInput)
    : IAuditSource
{
    const string StandardInput = "-";

    static readonly EnumerationOptions Enumeration = new()
    {
        RecurseSubdirectories = true,
        // A link that leads back would never end.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Reads all inputs, each record id once over all of them.</summary>
    /// <exception cref="Mistake"><c>not_found</c>: a path does not exist; nothing was read then.</exception>
    public async IAsyncEnumerable<AuditPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var intake = new RecordIntake(addresses);
        long bytesBefore = 0;
        foreach (var path in Files())
        {
            using var raw = Open(path, intake);
            if (raw is null) continue;
            await foreach (var bytes in ReadInputAsync(raw, path, intake, cancellation))
                if (intake.IsFull) yield return intake.Page(bytesBefore + bytes);
            bytesBefore += raw.BytesRead;
        }
        yield return intake.Page(bytesBefore);
    }

    /// <summary>The bytes of all inputs, for progress; null where standard input is one of them.</summary>
    /// <exception cref="Mistake"><c>not_found</c>: a path does not exist.</exception>
    public long? CountBytes() =>
        paths.Contains(StandardInput) ? null : Files().Sum(path => new FileInfo(path).Length);

    List<string> Files()
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (path == StandardInput && standardInput is null)
                throw new Mistake("not_found", "There is no standard input to read.");
            if (path == StandardInput || File.Exists(path)) files.Add(path);
            else if (Directory.Exists(path))
                files.AddRange(Directory.EnumerateFiles(path, "*", Enumeration).Order(StringComparer.Ordinal));
            else throw new Mistake("not_found", $"No such file or folder: {path}");
        }
        return files;
    }

    PeekedStream? Open(string path, RecordIntake intake)
    {
        if (path == StandardInput) return new(standardInput!);
        try
        {
            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException)
        {
            intake.DamagedInput(path, $"cannot be opened: {e.Message}");
            return null;
        }
    }

    // Yields the bytes read so far, whenever there may be a page.
    static async IAsyncEnumerable<long> ReadInputAsync(
        PeekedStream raw, string path, RecordIntake intake, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Func<bool>? next = null;
        Action? finish = null;
        Window? window = null;
        while (window is not { Ended: true })
        {
            string? complaint = null;
            try
            {
                window ??= new Window(await AuditText.OpenAsync(raw, cancellation));
                await window.FillAsync(cancellation);
            }
            catch (InvalidDataException e)
            {
                complaint = $"the gzip stream is damaged: {e.Message}";
            }
            if (complaint is not null)
            {
                intake.DamagedInput(path, complaint);
                break;
            }
            if (next is null && !window!.SkipBlank()) continue;
            if (next is null) (next, finish) = Recognise(window!, path, intake);
            while (next()) yield return raw.BytesRead;
        }
        finish?.Invoke();
    }

    // JSON begins with a bracket, and no header of CSV does.
    static (Func<bool> Next, Action? Finish) Recognise(Window window, string path, RecordIntake intake)
    {
        if (window.Unread is [(byte)'{' or (byte)'[', ..])
        {
            var json = new JsonRecords(window, intake);
            intake.Enter(path, "record");
            return (json.Next, json.Finish);
        }
        var csv = new CsvRecords(window, intake);
        intake.Enter(path, "row");
        return (csv.Next, null);
    }
}
