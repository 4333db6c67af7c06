using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>Users, their managers, groups, domains and the organization.</summary>
sealed partial class DirectoryEndpoint(World world)
{
    const int UsualPage = 100;
    const int LargestPage = 999;

    static readonly string[] UsualProperties =
    [
        "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage",
        "surname", "userPrincipalName", "id",
    ];

    readonly DirectoryEntry[] _entries = DirectoryEntry.AllOf(world.Company);

    /// <summary>GET /users.</summary>
    public GraphAnswer List(GraphRequest request)
    {
        var now = world.Now;
        var matches = UserFilter.Parse(request.Option("$filter"));
        var size = int.TryParse(request.Option("$top"), CultureInfo.InvariantCulture, out var top) ? top : UsualPage;
        if (size is < 1 or > LargestPage)
            throw GraphError.BadRequest($"Invalid page size specified: '{size}'. Must be between 1 and 999 inclusive.");
        var position = int.TryParse(request.Option("$skiptoken"), CultureInfo.InvariantCulture, out var skip) && skip > 0 ? skip : 0;
        var select = Selected(request);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users{Parenthesised(request)}");
            if (request.Option("$count") == "true") json.WriteNumber("@odata.count"u8, _entries.Count(entry => matches(entry, now)));
            json.WriteStartArray("value"u8);
            for (var room = size; position < _entries.Length && room > 0; position++)
            {
                if (!matches(_entries[position], now)) continue;
                json.WriteStartObject();
                Write(json, _entries[position], select, now);
                json.WriteEndObject();
                room--;
            }
            json.WriteEndArray();
            if (position < _entries.Length) json.WriteString("@odata.nextLink"u8, NextLink(request, position));
        }).With("x-ms-resource-unit", "1");
    }

    /// <summary>GET /users/{id}, with the manager where $expand asks for it.</summary>
    public GraphAnswer Get(GraphRequest request, string key)
    {
        var entry = Find(key);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users{Parenthesised(request)}/$entity");
            Write(json, entry, Selected(request), world.Now);
            if (request.Option("$expand")?.StartsWith("manager", StringComparison.OrdinalIgnoreCase) != true) return;
            if (ManagerOf(entry) is not { } manager) return;
            json.WriteStartObject("manager"u8);
            json.WriteString("@odata.type"u8, "#microsoft.graph.user"u8);
            Write(json, manager, ["id", "displayName"], world.Now);
            json.WriteEndObject();
        });
    }

    /// <summary>GET /users/{id}/manager.</summary>
    public GraphAnswer GetManager(GraphRequest request, string key)
    {
        var manager = ManagerOf(Find(key)) ?? throw new GraphError(404, "Request_ResourceNotFound",
            "Resource 'manager' does not exist or one of its queried reference-property objects are not present.");
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, request.Root + "/$metadata#directoryObjects/$entity");
            json.WriteString("@odata.type"u8, "#microsoft.graph.user"u8);
            Write(json, manager, Selected(request), world.Now);
        });
    }

    /// <summary>GET /groups: teams' groups, Microsoft 365 groups and lists.</summary>
    public GraphAnswer ListGroups(GraphRequest request)
    {
        var filter = request.Option("$filter") ?? "";
        var groups = world.Company.Mailboxes
            .Where(mailbox => !mailbox.HasMailbox || mailbox.Setup.RightsByGroup)
            .Select(mailbox => mailbox.HasMailbox
                ? (Id: GroupOf(mailbox), Name: mailbox.TeamName, Mail: mailbox.TeamAddress, IsUnified: false)
                : (Id: mailbox.ObjectId, mailbox.Name, Mail: mailbox.Address, IsUnified: mailbox.Setup.Shape == RecipientShape.Group))
            .Where(group => filter.Length == 0 || filter.Contains($"'{group.Mail}'", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#groups{Parenthesised(request)}");
            json.WriteStartArray("value"u8);
            foreach (var group in groups)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, group.Id);
                json.WriteString("displayName"u8, group.Name);
                json.WriteString("mail"u8, group.Mail);
                json.WriteStartArray("groupTypes"u8);
                if (group.IsUnified) json.WriteStringValue("Unified"u8);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>GET /groups/{id}/transitiveMembers: the group of a mailbox holds its team.</summary>
    public GraphAnswer ListMembers(GraphRequest request, string key)
    {
        var mailbox = world.Company.Mailboxes.FirstOrDefault(mailbox => GroupOf(mailbox).ToString() == key)
            ?? throw GraphError.ResourceNotFound(key);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, request.Root + "/$metadata#users");
            json.WriteStartArray("value"u8);
            foreach (var agent in mailbox.Team)
            {
                json.WriteStartObject();
                json.WriteString("@odata.type"u8, "#microsoft.graph.user"u8);
                Write(json, Find(agent.ObjectId.ToString()), Selected(request), world.Now);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>GET /domains.</summary>
    public static GraphAnswer ListDomains(GraphRequest request) => GraphAnswer.Of(json =>
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#domains");
        json.WriteStartArray("value"u8);
        foreach (var domain in (string[])[Company.Domain, Company.InitialDomain])
        {
            json.WriteStartObject();
            json.WriteString("id"u8, domain);
            json.WriteString("authenticationType"u8, "Managed"u8);
            json.WriteBoolean("isAdminManaged"u8, true);
            json.WriteBoolean("isDefault"u8, domain == Company.Domain);
            json.WriteBoolean("isInitial"u8, domain == Company.InitialDomain);
            json.WriteBoolean("isRoot"u8, true);
            json.WriteBoolean("isVerified"u8, true);
            json.WriteStartArray("supportedServices"u8);
            json.WriteStringValue("Email"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>GET /organization.</summary>
    public GraphAnswer GetOrganization(GraphRequest request) => GraphAnswer.Of(json =>
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#organization");
        json.WriteStartArray("value"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, world.Company.TenantId);
        json.WriteString("displayName"u8, "Acme"u8);
        json.WriteStartArray("verifiedDomains"u8);
        foreach (var domain in (string[])[Company.Domain, Company.InitialDomain])
        {
            json.WriteStartObject();
            json.WriteString("capabilities"u8, "Email, OfficeCommunicationsOnline"u8);
            json.WriteBoolean("isDefault"u8, domain == Company.Domain);
            json.WriteBoolean("isInitial"u8, domain == Company.InitialDomain);
            json.WriteString("name"u8, domain);
            json.WriteString("type"u8, "Managed"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>The security group that holds a mailbox's team.</summary>
    public static Guid GroupOf(SharedMailbox mailbox) => Chance.GuidFrom(Chance.Mix(mailbox.Seed, 23));

    DirectoryEntry Find(string key) =>
        _entries.FirstOrDefault(entry => entry.IsCalled(key, world.Now)) ?? throw GraphError.ResourceNotFound(key);

    /// <summary>The first agent of a department leads it.</summary>
    DirectoryEntry? ManagerOf(DirectoryEntry entry)
    {
        var first = _entries.FirstOrDefault(other => other.Agent is not null && other.Department == entry.Department);
        return entry.Agent is null || first == entry ? null : first;
    }

    static IReadOnlyList<string> Selected(GraphRequest request) =>
        request.Option("$select")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? UsualProperties;

    static string Parenthesised(GraphRequest request) => request.Option("$select") is { } select ? $"({select})" : "";

    static string NextLink(GraphRequest request, int position) => $"{request.Root}/users?" + string.Join('&', request.Query
        .Where(option => option.Key != "$skiptoken")
        .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}")
        .Append(string.Create(CultureInfo.InvariantCulture, $"$skiptoken={position}")));

    static void Write(Utf8JsonWriter json, DirectoryEntry entry, IReadOnlyList<string> select, int now)
    {
        foreach (var name in select)
            if (name != "id") entry.Write(json, name, now);
        json.WriteString("id"u8, entry.ObjectId);
    }
}
