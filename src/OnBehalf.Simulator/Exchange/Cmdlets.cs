using System.Text.Json.Nodes;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Exchange;

/// <summary>The cmdlets a setup check runs, answered in the shapes they are seen in.</summary>
sealed class Cmdlets(World world)
{
    public IReadOnlyList<JsonObject> Run(string name, JsonObject parameters) => name.ToUpperInvariant() switch
    {
        "GET-MAILBOX" or "GET-EXOMAILBOX" => Mailboxes(parameters),
        "GET-RECIPIENT" or "GET-EXORECIPIENT" => [Recipient((string?)parameters["Identity"] ?? "")],
        "GET-MAILBOXPERMISSION" or "GET-EXOMAILBOXPERMISSION" => FullAccess(Named(parameters)),
        "GET-RECIPIENTPERMISSION" or "GET-EXORECIPIENTPERMISSION" => SendAs(Named(parameters)),
        "GET-MAILBOXAUDITBYPASSASSOCIATION" => Bypasses(parameters),
        "GET-ADMINAUDITLOGCONFIG" =>
            [new JsonObject { ["UnifiedAuditLogIngestionEnabled"] = world.Company.Scenario.UnifiedAudit }],
        "GET-ORGANIZATIONCONFIG" =>
            [new JsonObject { ["Name"] = Company.InitialDomain, ["AuditDisabled"] = world.Company.Scenario.MailboxAuditDisabled,
                ["AllowedMailboxRegions"] = Texts(["EUR", "NAM"]) }],
        "GET-ACCEPTEDDOMAIN" =>
        [
            new JsonObject { ["DomainName"] = Company.Domain, ["Default"] = true },
            new JsonObject { ["DomainName"] = Company.InitialDomain, ["InitialDomain"] = true },
        ],
        _ => throw new GraphError(400, "BadRequest",
            $"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program."),
    };

    IReadOnlyList<JsonObject> Mailboxes(JsonObject parameters)
    {
        if (parameters["Identity"] is not null) return [world.FindMailbox((string?)parameters["Identity"] ?? "") switch
        {
            SharedMailbox shared => Describe(shared),
            OwnMailbox own => Describe(own.Agent),
            _ => Describe(Named(parameters)),
        }];
        var kind = (string?)parameters["RecipientTypeDetails"];
        return
        [
            .. kind is null or "SharedMailbox" ? Of(RecipientShape.Shared) : [],
            .. kind is null or "UserMailbox" ? Of(RecipientShape.Personal).Concat(world.Company.Agents.Select(Describe)) : [],
        ];
    }

    IEnumerable<JsonObject> Of(RecipientShape shape) =>
        world.Company.Mailboxes.Where(mailbox => mailbox.Setup.Shape == shape).Select(Describe);

    /// <summary>Get-Recipient knows groups and lists besides mailboxes, by address, id or name.</summary>
    JsonObject Recipient(string identity)
    {
        bool Is(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (name.Equals(identity, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }
        foreach (var mailbox in world.Company.Mailboxes)
        {
            if (mailbox.Setup.RightsByGroup && Is(mailbox.TeamAddress, mailbox.TeamName))
                return Group(mailbox.TeamName, mailbox.TeamAddress, DirectoryEndpoint.GroupOf(mailbox), "MailUniversalSecurityGroup");
            if (!Is(mailbox.Address, mailbox.LocalPart, mailbox.ObjectId.ToString())) continue;
            return mailbox.HasMailbox ? Describe(mailbox) : Group(mailbox.Name, mailbox.Address, mailbox.ObjectId,
                mailbox.Setup.Shape == RecipientShape.Group ? "GroupMailbox" : "MailUniversalDistributionGroup");
        }
        foreach (var agent in world.Company.Agents)
            if (Is(agent.AddressAt(world.Now), agent.NameAt(world.Now), agent.ObjectId.ToString())) return Describe(agent);
        throw NotFound(identity);
    }

    static JsonObject Group(string name, string address, Guid objectId, string kind) => new()
    {
        ["@odata.type"] = "#Exchange.ReducedRecipient", ["Identity"] = name, ["Name"] = name, ["DisplayName"] = name,
        ["Alias"] = address[..address.IndexOf('@')], ["ExternalDirectoryObjectId"] = objectId.ToString(),
        ["PrimarySmtpAddress"] = address, ["EmailAddresses"] = Texts(["SMTP:" + address]), ["RecipientTypeDetails"] = kind,
    };

    JsonObject Describe(SharedMailbox mailbox)
    {
        var delegates = mailbox.Team.Where(agent => world.Company.HoldsOnBehalf(mailbox, agent));
        var described = Describe(mailbox.LocalPart, mailbox.Name, mailbox.Address, mailbox.ObjectId, mailbox.StoreId,
            mailbox.LegacyName, mailbox.Setup.Region,
            mailbox.Setup.Shape == RecipientShape.Shared ? "SharedMailbox" : "UserMailbox",
            [$"SMTP:{mailbox.Address}", $"smtp:{mailbox.Alias}"]);
        // Names or ids, never addresses: which of the two depends on how the right was given.
        var names = mailbox.Setup.RightsByGroup ? delegates.Take(1).Select(_ => mailbox.TeamName) : delegates.Select(agent =>
            agent.Index % 5 == 4 ? agent.ObjectId.ToString() : agent.NameAt(world.Now));
        described["GrantSendOnBehalfTo"] = Texts(names.Concat(
            Enumerable.Range(1, mailbox.Setup.StrangeGrants).Select(number => $"Former Partner {number}")));
        described["MessageCopyForSentAsEnabled"] = mailbox.Setup.CopySentAs;
        described["MessageCopyForSendOnBehalfEnabled"] = mailbox.Setup.CopyOnBehalf;
        described["MessageCopyForSMTPClientSubmissionEnabled"] = true;
        described["AuditEnabled"] = mailbox.Setup.AuditEnabled;
        described["HiddenFromAddressListsEnabled"] = mailbox.Setup.Hidden;
        described["SKUAssigned"] = false;
        if (!mailbox.Setup.AuditTrimmed) return described;
        described["DefaultAuditSet"] = Texts(["Admin", "Owner"]);
        described["AuditDelegate"] = Texts(["Update", "SoftDelete", "HardDelete"]);
        return described;
    }

    JsonObject Describe(Agent agent)
    {
        var address = agent.AddressAt(world.Now);
        return Describe(address[..address.IndexOf('@')], agent.NameAt(world.Now), address, agent.ObjectId, agent.MailboxGuid,
            agent.LegacyName, agent.Region, "UserMailbox", [$"SMTP:{address}"]);
    }

    static JsonObject Describe(string alias, string name, string address, Guid objectId, Guid exchangeId, string legacyName,
        string region, string kind, IEnumerable<string> addresses) => new()
    {
        ["@odata.type"] = "#Exchange.Mailbox",
        ["Id"] = alias, ["Identity"] = alias, ["Alias"] = alias, ["DisplayName"] = name,
        ["Guid"] = Chance.GuidFrom(BitConverter.ToUInt64(objectId.ToByteArray())).ToString(),
        ["ExchangeGuid"] = exchangeId.ToString(), ["ExternalDirectoryObjectId"] = objectId.ToString(),
        ["UserPrincipalName"] = address, ["PrimarySmtpAddress"] = address,
        ["RecipientType"] = "UserMailbox", ["RecipientTypeDetails"] = kind,
        ["EmailAddresses"] = Texts([.. addresses, "X500:" + legacyName, "SIP:" + address]),
        ["LegacyExchangeDN"] = legacyName,
        ["GrantSendOnBehalfTo"] = Texts([]),
        ["DefaultAuditSet"] = Texts(["Admin", "Delegate", "Owner"]),
        ["AuditDelegate"] = Texts(["Update", "MoveToDeletedItems", "SoftDelete", "HardDelete", "SendAs", "SendOnBehalf", "Create"]),
        ["MailboxRegion"] = region, ["HiddenFromAddressListsEnabled"] = false,
        ["ForwardingSmtpAddress"] = null, ["ForwardingAddress"] = null, ["DeliverToMailboxAndForward"] = false,
        ["WhenCreatedUTC"] = "2021-07-15T09:45:47Z",
    };

    /// <summary>One string with a comma list inside an array, as the admin API was seen to answer.</summary>
    List<JsonObject> FullAccess(SharedMailbox mailbox)
    {
        var rows = new List<JsonObject> { Access(mailbox, "NT AUTHORITY\\SELF", "FullAccess, ReadPermission", "") };
        rows.AddRange(Holding(mailbox, agent => Company.HoldsFullAccess(mailbox, agent)).Select(address =>
            Access(mailbox, address, "FullAccess", address)));
        for (var orphan = 0; orphan < mailbox.Setup.OrphanedGrants; orphan++)
            rows.Add(Access(mailbox, $"S-1-5-21-1376570662-3565232716-1187618197-{99_000 + orphan}", "FullAccess", ""));
        rows.Add(Access(mailbox, "EURPR04A009\\Domain Admins", "FullAccess", "", isInherited: true, deny: true));
        return rows;
    }

    static JsonObject Access(
        SharedMailbox mailbox, string trustee, string rights, string address, bool isInherited = false, bool deny = false) => new()
    {
        ["Identity"] = mailbox.LocalPart, ["User"] = trustee, ["AccessRights"] = Texts([rights]), ["IsInherited"] = isInherited,
        ["Deny"] = deny, ["InheritanceType"] = "All", ["UserSid"] = "S-1-5-10", ["PrimarySmtpAddress"] = address,
    };

    List<JsonObject> SendAs(SharedMailbox mailbox)
    {
        var rows = new List<JsonObject> { SendAs(mailbox, "NT AUTHORITY\\SELF", "") };
        rows.AddRange(Holding(mailbox, agent => world.Company.HoldsSendAs(mailbox, agent))
            .Select(address => SendAs(mailbox, address, address)));
        return rows;
    }

    /// <summary>The addresses a right is listed under: those of the team's members, or of the group that holds them.</summary>
    IEnumerable<string> Holding(SharedMailbox mailbox, Func<Agent, bool> holds)
    {
        var holders = mailbox.Team.Where(holds);
        return mailbox.Setup.RightsByGroup
            ? holders.Take(1).Select(_ => mailbox.TeamAddress)
            : holders.Select(agent => agent.AddressAt(world.Now));
    }

    static JsonObject SendAs(SharedMailbox mailbox, string trustee, string address) => new()
    {
        ["Identity"] = mailbox.LocalPart, ["Trustee"] = trustee, ["AccessControlType"] = "Allow", ["AccessRights"] = Texts(["SendAs"]),
        ["IsInherited"] = false, ["InheritanceType"] = "None", ["TrusteeSidString"] = "S-1-5-10",
        ["TrusteeWithPrimarySmtpAddress"] = address,
    };

    IReadOnlyList<JsonObject> Bypasses(JsonObject parameters) =>
    [
        .. world.Company.Agents
            .Where(agent => (string?)parameters["Identity"] is not { } one || agent.AddressAt(world.Now) == one)
            .Select(agent => new JsonObject
            {
                ["Identity"] = agent.NameAt(world.Now), ["ObjectId"] = agent.ObjectId.ToString(), ["AuditBypassEnabled"] = agent.IsBypassed,
            }),
    ];

    SharedMailbox Named(JsonObject parameters)
    {
        var identity = (string?)parameters["Identity"] ?? "";
        return world.FindMailbox(identity) as SharedMailbox
            ?? world.Company.Mailboxes.FirstOrDefault(mailbox => mailbox.HasMailbox
                && (identity.Equals(mailbox.LocalPart, StringComparison.OrdinalIgnoreCase) || identity == mailbox.StoreId.ToString()))
            ?? throw NotFound(identity);
    }

    static GraphError NotFound(string identity) => new(404, "NotFound",
        "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|" +
        $"The operation couldn't be performed because object '{identity}' couldn't be found on 'EURPR04A009DC01'.");

    static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
