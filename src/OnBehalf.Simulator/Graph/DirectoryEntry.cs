using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>One account of the directory: a shared mailbox's, an agent's, or one of those every tenant has besides.</summary>
sealed class DirectoryEntry
{
    public required Guid ObjectId { get; init; }
    public required string Purpose { get; init; }
    public SharedMailbox? Shared { get; init; }
    public Agent? Agent { get; init; }
    public string Name { get; init; } = "";
    public string Address { get; init; } = "";
    public string? Department => Agent?.Department;
    public bool HasMailbox => Purpose.Length > 0;

    public static DirectoryEntry[] AllOf(Company company) =>
    [
        .. company.Mailboxes.Where(mailbox => mailbox.HasMailbox).Select(mailbox => new DirectoryEntry
        {
            ObjectId = mailbox.ObjectId, Purpose = mailbox.Setup.Shape == RecipientShape.Shared ? "shared" : "user",
            Shared = mailbox, Name = mailbox.Name, Address = mailbox.Address,
        }),
        .. company.Agents.Select(agent => new DirectoryEntry
        {
            ObjectId = agent.ObjectId, Purpose = "user", Agent = agent, Name = agent.Name, Address = agent.Address,
        }),
        new()
        {
            ObjectId = Chance.GuidFrom(Chance.Mix(company.Seed, 901)), Purpose = "room", Name = "Meeting room",
            Address = "meeting-room@" + Company.Domain,
        },
        new()
        {
            ObjectId = Chance.GuidFrom(Chance.Mix(company.Seed, 902)), Purpose = "", Name = "Administrator",
            Address = "administrator@" + Company.InitialDomain,
        },
    ];

    public string AddressAt(int now) => Agent?.AddressAt(now) ?? Address;

    public bool IsCalled(string key, int now) =>
        key.Equals(ObjectId.ToString(), StringComparison.OrdinalIgnoreCase)
        || key.Equals(AddressAt(now), StringComparison.OrdinalIgnoreCase);

    /// <summary>SMTP: is the primary address, smtp: another, X500: a name Exchange once had.</summary>
    public IEnumerable<string> ProxyAddresses(int now)
    {
        if (!HasMailbox) yield break;
        yield return "SMTP:" + AddressAt(now);
        if (Shared is { } shared)
        {
            yield return "smtp:" + shared.Alias;
            yield return "X500:" + shared.LegacyName;
        }
        if (Agent is not { } agent) yield break;
        if (agent.Former is { } former && former.Until <= now) yield return "smtp:" + former.Address;
        yield return "X500:" + agent.LegacyName;
    }

    public string? Text(string property, int now) => property.ToUpperInvariant() switch
    {
        "ID" => ObjectId.ToString(),
        "USERPRINCIPALNAME" => AddressAt(now),
        "MAIL" => HasMailbox ? AddressAt(now) : null,
        "DISPLAYNAME" => Agent?.NameAt(now) ?? Name,
        "GIVENNAME" => Agent?.NameAt(now).Split(' ')[0],
        "SURNAME" => Agent?.NameAt(now).Split(' ')[^1],
        "DEPARTMENT" => Department,
        "JOBTITLE" => Agent is null ? null : "Agent",
        "COMPANYNAME" => Agent is null ? null : "Acme",
        "EMPLOYEEID" => Agent is null ? null : $"E{Agent.Index + 1000}",
        "USERTYPE" => "Member",
        "ACCOUNTENABLED" => IsEnabled(now) ? "true" : "false",
        "CREATEDDATETIME" => "2021-07-15T09:45:47Z",
        _ => null,
    };

    /// <summary>Shared mailboxes are usually blocked from signing in, leavers always.</summary>
    bool IsEnabled(int now) => Agent is { } agent ? now < agent.LeftAt : Purpose.Length == 0;

    public void Write(Utf8JsonWriter json, string property, int now)
    {
        switch (property.ToUpperInvariant())
        {
            case "PROXYADDRESSES":
                json.WriteStartArray(property);
                foreach (var address in ProxyAddresses(now)) json.WriteStringValue(address);
                json.WriteEndArray();
                break;
            case "ASSIGNEDLICENSES":
                json.WriteStartArray(property);
                if (Agent is not null) WriteLicence(json);
                json.WriteEndArray();
                break;
            case "BUSINESSPHONES" or "OTHERMAILS" or "IMADDRESSES":
                json.WriteStartArray(property);
                json.WriteEndArray();
                break;
            case "ACCOUNTENABLED": json.WriteBoolean(property, IsEnabled(now)); break;
            default: json.WriteString(property, Text(property, now)); break;
        }
    }

    static void WriteLicence(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("disabledPlans"u8);
        json.WriteEndArray();
        json.WriteString("skuId"u8, "05e9a617-0261-4cee-bb44-138d3ef5d965"u8); // Microsoft 365 E3
        json.WriteEndObject();
    }
}
