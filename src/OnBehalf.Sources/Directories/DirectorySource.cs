using System.Net;
using System.Text.Json;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Exchange;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Sources.Directories;

/// <summary>
/// People, groups, domains and the purpose of mailboxes, from Graph. It needs User.Read.All; GroupMember.Read.All,
/// Domain.Read.All and MailboxSettings.Read for what their names say.
/// </summary>
/// <param name="connection">The tenant.</param>
public sealed class DirectorySource(TenantConnection connection)
{
    /// <summary>The application permission that shows who is in a group.</summary>
    public const string GroupRole = "GroupMember.Read.All";

    /// <summary>Pages of one list: 999 people each, more than any tenant has.</summary>
    const int PageLimit = 10_000;

    const string Fields = "id,displayName,mail,userPrincipalName,proxyAddresses,department,accountEnabled,userType";

    /// <summary>Everybody, by object id. Guests are left out: nobody answers from a shared mailbox as one.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached, with the remedy. invalid: sign-in refused.</exception>
    public async Task<IReadOnlyList<Person>> ReadAsync(CancellationToken cancellation)
    {
        var people = new List<Person>();
        await foreach (var row in RowsAsync($"users?$select={Fields}&$top=999", "User.Read.All", cancellation))
            if (ToPerson(row) is { } person && !IsGuest(row)) people.Add(person);
        people.Sort((a, b) => a.Id.CompareTo(b.Id));
        return people;
    }

    /// <summary>The name of somebody's manager; empty when there is none.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached.</exception>
    public async Task<string> ReadManagerAsync(Guid person, CancellationToken cancellation)
    {
        try
        {
            var answer = await JsonAnswer.GetAsync(
                connection, new(connection.Graph, $"users/{person}/manager?$select=id,displayName"), cancellation);
            return new ExchangeRow(answer.Root).Text("displayName") ?? "";
        }
        catch (GraphRefusal none) when (none.Status == HttpStatusCode.NotFound)
        {
            return "";
        }
        catch (GraphRefusal refusal)
        {
            throw Refused(refusal, "User.Read.All");
        }
    }

    /// <summary>A group's people, groups inside it expanded.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached.</exception>
    public async Task<IReadOnlyList<Person>> ReadMembersAsync(Guid group, CancellationToken cancellation)
    {
        var members = new List<Person>();
        var path = $"groups/{group}/transitiveMembers/microsoft.graph.user?$select={Fields}&$top=999";
        await foreach (var row in RowsAsync(path, GroupRole, cancellation))
            if (ToPerson(row) is { } person) members.Add(person);
        return members;
    }

    /// <summary>The tenant's verified domains.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached.</exception>
    public async Task<IReadOnlyList<string>> ReadDomainsAsync(CancellationToken cancellation)
    {
        var domains = new List<string>();
        await foreach (var row in RowsAsync("domains?$select=id,isVerified", "Domain.Read.All", cancellation))
            if (new ExchangeRow(row) is var domain && domain.Flag("isVerified") != false && domain.Text("id") is { } name)
                domains.Add(name.ToLowerInvariant());
        return domains;
    }

    /// <summary>The person or mailbox of an address, primary or alias; null when there is none.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached.</exception>
    public async Task<Person?> FindAsync(string address, CancellationToken cancellation)
    {
        var quoted = Uri.EscapeDataString(address.Trim().Replace("'", "''", StringComparison.Ordinal));
        var filter = $"mail eq '{quoted}' or userPrincipalName eq '{quoted}' "
            + $"or proxyAddresses/any(p:p eq 'smtp:{quoted}')";
        await foreach (var row in RowsAsync($"users?$select={Fields}&$count=true&$filter={filter}", "User.Read.All", cancellation))
            if (ToPerson(row) is { } person) return person;
        return null;
    }

    /// <summary>What group an address belongs to: a Microsoft 365 group, a list or security group; null when to none.</summary>
    /// <exception cref="Mistake">unavailable: refused or not reached.</exception>
    public async Task<RecipientKind?> FindGroupAsync(string address, CancellationToken cancellation)
    {
        var quoted = Uri.EscapeDataString(address.Trim().Replace("'", "''", StringComparison.Ordinal));
        var path = $"groups?$select=id,mail,groupTypes&$count=true&$filter=mail eq '{quoted}' "
            + $"or proxyAddresses/any(p:p eq 'smtp:{quoted}')";
        await foreach (var row in RowsAsync(path, GroupRole, cancellation))
            return new ExchangeRow(row).Texts("groupTypes").Contains("Unified", StringComparer.OrdinalIgnoreCase)
                ? RecipientKind.Group : RecipientKind.List;
        return null;
    }

    /// <summary>What a mailbox is for, by its settings; unknown where it has none or may not be asked.</summary>
    /// <exception cref="Mistake">unavailable: not reached.</exception>
    public async Task<RecipientKind> ReadPurposeAsync(Guid mailbox, CancellationToken cancellation)
    {
        try
        {
            var answer = await JsonAnswer.GetAsync(
                connection, new(connection.Graph, $"users/{mailbox}/mailboxSettings/userPurpose"), cancellation);
            return RecipientBook.KindOf(new ExchangeRow(answer.Root).Text("value"));
        }
        catch (GraphRefusal refusal) when (refusal.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return RecipientKind.Unknown;
        }
        catch (GraphRefusal refusal)
        {
            throw Refused(refusal, "MailboxSettings.Read");
        }
    }

    async IAsyncEnumerable<JsonElement> RowsAsync(
        string path, string role,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var address = new Uri(connection.Graph, path);
        for (var page = 0; page < PageLimit; page++)
        {
            var answer = await TryAsync(address, role, cancellation);
            foreach (var row in answer.Rows) yield return row;
            if (answer.NextLink is not { } link) yield break;
            address = JsonAnswer.Follow(address, link);
        }
        throw new Mistake("unavailable", $"Graph answers {path.Split('?')[0]} with more than {PageLimit} pages.");
    }

    async Task<JsonAnswer> TryAsync(Uri address, string role, CancellationToken cancellation)
    {
        var at = address;
        try
        {
            return await JsonAnswer.AskAsync(connection, () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, at);
                request.Headers.Add("ConsistencyLevel", "eventual"); // Filters over proxyAddresses need it.
                return request;
            }, cancellation);
        }
        catch (GraphRefusal refusal)
        {
            throw Refused(refusal, role);
        }
    }

    static Mistake Refused(GraphRefusal refusal, string role) =>
        refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
            ? new("unavailable", $"Graph refuses ({refusal.Message}). Grant the application {role} in Entra under App "
                + "registrations, API permissions, and grant admin consent.")
            : new("unavailable", $"Graph did not answer as expected: {refusal.Code} {refusal.Message}");

    static bool IsGuest(JsonElement row) =>
        new ExchangeRow(row).Text("userType")?.Equals("Guest", StringComparison.OrdinalIgnoreCase) == true;

    static Person? ToPerson(JsonElement json)
    {
        var row = new ExchangeRow(json);
        if (!Guid.TryParse(row.Text("id"), out var id)) return null;
        string?[] first = [RecipientBook.AddressOf(row), row.Text("mail"), row.Text("userPrincipalName")];
        return new()
        {
            Id = id,
            Name = row.Text("displayName") ?? first.FirstOrDefault(text => text is not null) ?? id.ToString(),
            Addresses = [.. first.OfType<string>().Select(text => text.ToLowerInvariant())
                .Concat(RecipientBook.AddressesOf(row)).Distinct()],
            Department = row.Text("department") ?? "",
            IsEnabled = row.Flag("accountEnabled") == true,
        };
    }
}
