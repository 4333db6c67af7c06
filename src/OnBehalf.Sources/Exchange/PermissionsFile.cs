using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Directories;

namespace OnBehalf.Sources.Exchange;

/// <summary>
/// Permissions as a JSON file: what the script of <see cref="PermissionsScript"/> writes, or any output of the same
/// cmdlets piped into ConvertTo-Json. Gzip, UTF-16 and a byte order mark do not matter.
/// </summary>
public static class PermissionsFile
{
    /// <summary>The largest file that is read: a tenant of 10,000 mailboxes takes about 60 MB.</summary>
    public const int SizeLimit = 512 << 20;

    static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true, AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">What the operator calls it.</param>
    /// <param name="now">When it was taken, where it does not say.</param>
    /// <param name="known">People of the directory, for names that the file does not explain; may be empty.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Mistake"><c>invalid</c>: it is no JSON, is too large, or holds no permissions.</exception>
    public static async Task<ExchangePicture> ReadAsync(
        Stream stream, string name, Instant now, IReadOnlyList<Person> known, CancellationToken cancellation)
    {
        var bytes = await ReadAllAsync(stream, name, cancellation);
        var rows = new ExchangeRows();
        try
        {
            foreach (var document in Documents(bytes)) rows.Add(document);
        }
        catch (JsonException broken)
        {
            throw new Mistake("invalid",
                $"{name} is not JSON ({broken.Message}). Make it with the script that onbehalf permissions script prints.");
        }
        var picture = PictureTranslation.ToPicture(rows, now, known.Select(ToRow));
        if (picture.Mailboxes.Count == 0)
            throw new Mistake("invalid", $"{name} names no mailbox: {rows.Count} rows were understood. It needs Get-Mailbox, "
                + "Get-MailboxPermission and Get-RecipientPermission; onbehalf permissions script prints a script.");
        return picture;
    }

    static ExchangeRow ToRow(Person person) => new(JsonSerializer.SerializeToElement(new JsonObject
    {
        ["ExternalDirectoryObjectId"] = person.Id.ToString(),
        ["DisplayName"] = person.Name,
        ["PrimarySmtpAddress"] = person.Addresses.FirstOrDefault(),
        ["EmailAddresses"] = new JsonArray([.. person.Addresses.Select(address =>
            (JsonNode)((address.StartsWith('/') ? "X500:" : "smtp:") + address))]),
    }, ExchangeJson.Default.JsonObject));

    static List<JsonElement> Documents(ReadOnlySpan<byte> bytes)
    {
        var documents = new List<JsonElement>();
        var reader = new Utf8JsonReader(bytes, Options);
        while (reader.Read()) documents.Add(JsonElement.ParseValue(ref reader));
        return documents;
    }

    static async Task<byte[]> ReadAllAsync(Stream stream, string name, CancellationToken cancellation)
    {
        using var raw = new PeekedStream(stream);
        using var memory = new MemoryStream();
        try
        {
            await using var text = await AuditText.OpenAsync(raw, cancellation);
            var buffer = new byte[1 << 16];
            for (int read; (read = await text.ReadAsync(buffer, cancellation)) > 0;)
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > SizeLimit)
                    throw new Mistake("invalid", $"{name} is larger than {SizeLimit >> 20} MiB.");
            }
        }
        catch (InvalidDataException broken)
        {
            throw new Mistake("damaged", $"{name}: the gzip stream is damaged: {broken.Message}");
        }
        var bytes = memory.ToArray();
        return bytes.AsSpan().StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
    }
}
