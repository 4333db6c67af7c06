using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Sources.Exchange;

/// <summary>
/// Permissions from the admin API behind Exchange's PowerShell module (POST …/adminapi/beta/{tenant}/InvokeCommand). It
/// is not documented by Microsoft, who use it themselves; the documented v2.0 knows neither Full Access nor Send As. It
/// needs the application permission Exchange.ManageAsApp and a role as Global Reader. It only reads.
/// </summary>
/// <param name="connection">The tenant.</param>
public sealed class ExchangeAdmin(TenantConnection connection)
{
    /// <summary>The application permission that is needed.</summary>
    public const string Role = "Exchange.ManageAsApp";

    /// <summary>Mailboxes that are asked about at a time: the service allows more, and others want to ask, too.</summary>
    const int AtATime = 3;

    /// <summary>Pages of one answer: a thousand rows each, more than any tenant has mailboxes.</summary>
    const int PageLimit = 1_000;

    /// <summary>Names of holders that are looked up one by one: people are listed all at once, so these are groups and strays.</summary>
    const int LookupLimit = 500;

    /// <summary>The addresses of every native shared mailbox, in order.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached, with the remedy. invalid: sign-in refused.</exception>
    public Task<IReadOnlyList<string>> ReadSharedAsync(CancellationToken cancellation) =>
        TryAsync<IReadOnlyList<string>>(async () =>
        {
            var rows = await RunAsync("Get-Mailbox",
                new() { ["RecipientTypeDetails"] = "SharedMailbox", ["ResultSize"] = "Unlimited" }, cancellation);
            return [.. rows.Select(row => RecipientBook.AddressOf(new(row))).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        });

    /// <summary>Takes a picture of permissions, copies and auditing.</summary>
    /// <param name="mailboxes">The mailboxes by primary address; empty: every shared mailbox.</param>
    /// <param name="now">When it is taken.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Mistake">unavailable: refused or not reached, with the remedy. invalid: sign-in refused.</exception>
    public Task<ExchangePicture> ReadAsync(
        IReadOnlyCollection<string> mailboxes, Instant now, CancellationToken cancellation) => TryAsync(async () =>
        {
            var rows = new ExchangeRows();
            var wanted = await MailboxesAsync(mailboxes, rows, cancellation);
            foreach (var row in await RunAsync(
                "Get-Mailbox", new() { ["RecipientTypeDetails"] = "UserMailbox", ["ResultSize"] = "Unlimited" }, cancellation))
                rows.Add(Marked(row, "OnBehalfWanted", false));
            foreach (var row in await RightsAsync(wanted, cancellation)) rows.Add(row);
            await LookUpAsync(rows, cancellation);
            foreach (var cmdlet in new[] { "Get-AdminAuditLogConfig", "Get-OrganizationConfig" })
                foreach (var row in await RunAsync(cmdlet, [], cancellation)) rows.Add(row);
            foreach (var row in await RunAsync("Get-MailboxAuditBypassAssociation", new() { ["ResultSize"] = "Unlimited" }, cancellation))
                rows.Add(row);
            return PictureTranslation.ToPicture(rows, now);
        });

    static async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (GraphRefusal refusal) when (refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new Mistake("unavailable", $"Exchange refuses to show permissions ({refusal.Message}). Grant the application "
                + $"{Role} of Office 365 Exchange Online and give it the role Global Reader in Entra, or run the script of "
                + "onbehalf permissions script instead.");
        }
        catch (GraphRefusal refusal)
        {
            throw new Mistake("unavailable", $"Exchange did not answer as expected: {refusal.Code} {refusal.Message}");
        }
    }

    /// <summary>
    /// Who is meant by names that are nobody's mailbox: groups, above all, whose members hold what the group holds. Members
    /// come from Graph, which looks into groups within groups, and only with leave to.
    /// </summary>
    async Task LookUpAsync(ExchangeRows rows, CancellationToken cancellation)
    {
        var found = new List<JsonElement>();
        foreach (var name in PictureTranslation.Strangers(rows).Take(LookupLimit))
            found.AddRange(await TryFindAsync("Get-Recipient", name, cancellation));
        var groups = found.Where(row => !IsMailbox(row)).ToList();
        foreach (var row in found) rows.Add(Marked(row, "OnBehalfWanted", false));
        if (groups.Count == 0 || !(await connection.GraphRolesAsync(cancellation)).Contains(DirectorySource.GroupRole)) return;
        var directory = new DirectorySource(connection);
        foreach (var group in groups)
        {
            if (RecipientBook.AddressOf(new(group)) is not { } address
                || !Guid.TryParse(new ExchangeRow(group).Text("ExternalDirectoryObjectId"), out var id)) continue;
            var members = await directory.ReadMembersAsync(id, cancellation);
            rows.Add(JsonSerializer.SerializeToElement(new JsonObject
            {
                ["OnBehalfGroup"] = address,
                ["Members"] = new JsonArray([.. members.Where(one => one.Addresses.Count > 0).Select(one => (JsonNode)one.Addresses[0])]),
            }, ExchangeJson.Default.JsonObject));
        }
    }

    async Task<List<string>> MailboxesAsync(
        IReadOnlyCollection<string> mailboxes, ExchangeRows rows, CancellationToken cancellation)
    {
        var found = new List<JsonElement>();
        if (mailboxes.Count == 0)
            found.AddRange(await RunAsync("Get-Mailbox",
                new() { ["RecipientTypeDetails"] = "SharedMailbox", ["ResultSize"] = "Unlimited" }, cancellation));
        foreach (var mailbox in mailboxes)
            found.AddRange(await FindAsync(mailbox, cancellation));
        foreach (var row in found) rows.Add(Marked(row, "OnBehalfWanted", true));
        return [.. found.Where(IsMailbox).Select(row => RecipientBook.AddressOf(new(row))).OfType<string>().Distinct()];
    }

    // What is no mailbox may be a group or a list, which has to be said; what is neither is somebody's misspelling.
    async Task<IReadOnlyList<JsonElement>> FindAsync(string mailbox, CancellationToken cancellation) =>
        await TryFindAsync("Get-Mailbox", mailbox, cancellation) is { Count: > 0 } found ? found
            : await TryFindAsync("Get-Recipient", mailbox, cancellation);

    async Task<IReadOnlyList<JsonElement>> TryFindAsync(string cmdlet, string identity, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(cmdlet, new() { ["Identity"] = identity }, cancellation);
        }
        catch (GraphRefusal absent) when (absent.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return [];
        }
    }

    static bool IsMailbox(JsonElement row) =>
        RecipientBook.KindOf(new ExchangeRow(row).Text("RecipientTypeDetails")) is not (RecipientKind.Group or RecipientKind.List);

    async Task<IEnumerable<JsonElement>> RightsAsync(List<string> mailboxes, CancellationToken cancellation)
    {
        var rows = new ConcurrentBag<JsonElement>(); // The picture puts them in order.
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
        await Parallel.ForEachAsync(mailboxes, options, async (mailbox, cancel) =>
        {
            foreach (var cmdlet in new[] { "Get-MailboxPermission", "Get-RecipientPermission" })
                foreach (var row in await RunAsync(cmdlet, new() { ["Identity"] = mailbox }, cancel))
                    rows.Add(Marked(row, ExchangeRows.About, mailbox));
        });
        return rows;
    }

    static JsonElement Marked(JsonElement row, string name, JsonNode value)
    {
        if (row.ValueKind != JsonValueKind.Object) return row;
        var marked = JsonObject.Create(row)!; // An object, as was just seen.
        marked[name] = value;
        return JsonSerializer.SerializeToElement(marked, ExchangeJson.Default.JsonObject);
    }

    /// <summary>Runs a cmdlet to its last page. The next page is asked for with the same body.</summary>
    async Task<IReadOnlyList<JsonElement>> RunAsync(string cmdlet, JsonObject parameters, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["CmdletInput"] = new JsonObject { ["CmdletName"] = cmdlet, ["Parameters"] = parameters },
        }.ToJsonString();
        var rows = new List<JsonElement>();
        var address = new Uri(connection.Exchange, "InvokeCommand");
        for (var page = 0; page < PageLimit; page++)
        {
            var at = address;
            var answer = await JsonAnswer.AskAsync(connection, () => Command(at, cmdlet, body), cancellation);
            rows.AddRange(answer.Rows);
            if (answer.NextLink is not { } link) return rows;
            address = JsonAnswer.Follow(address, link);
        }
        throw new GraphRefusal(0, "EndlessPages", $"{cmdlet} answers with more than {PageLimit} pages.");
    }

    HttpRequestMessage Command(Uri address, string cmdlet, string body)
    {
        var request = JsonAnswer.Post(address, body);
        request.Headers.Add("X-CmdletName", cmdlet);
        request.Headers.Add("X-AnchorMailbox",
            $"APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{connection.Tenant}");
        request.Headers.Add("Prefer", "odata.maxpagesize=1000");
        return request;
    }
}
