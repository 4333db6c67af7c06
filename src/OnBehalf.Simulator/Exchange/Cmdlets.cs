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
        "GET-MAILBOXPERMISSION" or "GET-EXOMAILBOXPERMISSION" => FullAccess(Named(parameters)),
        "GET-RECIPIENTPERMISSION" or "GET-EXORECIPIENTPERMISSION" => SendAs(Named(parameters)),
        "GET-MAILBOXAUDITBYPASSASSOCIATION" => Bypasses(parameters),
        "GET-ADMINAUDITLOGCONFIG" =>
            [new JsonObject { ["UnifiedAuditLogIngestionEnabled"] = world.Company.Scenario.UnifiedAudit }],
        "GET-ORGANIZATIONCONFIG" =>
            [new JsonObject { ["Name"] = Company.InitialDomain, ["AuditDisabled"] = false,
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
            .. kind is null or "SharedMailbox" ? world.Company.Mailboxes.Select(Describe) : [],
            .. kind is null or "UserMailbox" ? world.Company.Agents.Select(Describe) : [],
        ];
    }

    JsonObject Describe(SharedMailbox mailbox)
    {
        var delegates = mailbox.Team.Where(agent => world.Company.HoldsOnBehalf(mailbox, agent));
        var described = Describe(mailbox.LocalPart, mailbox.Name, mailbox.Address, mailbox.ObjectId, mailbox.StoreId,
            mailbox.LegacyName, mailbox.Setup.Region, "SharedMailbox", [$"SMTP:{mailbox.Address}", $"smtp:{mailbox.Alias}"]);
        // Names or ids, never addresses: which of the two depends on how the right was given.
        described["GrantSendOnBehalfTo"] = Texts(delegates.Select(agent =>
            agent.Index % 5 == 4 ? agent.ObjectId.ToString() : agent.NameAt(world.Now)));
        described["MessageCopyForSentAsEnabled"] = mailbox.Setup.CopySentAs;
        described["MessageCopyForSendOnBehalfEnabled"] = mailbox.Setup.CopyOnBehalf;
        described["MessageCopyForSMTPClientSubmissionEnabled"] = true;
        described["AuditEnabled"] = mailbox.Setup.AuditEnabled;
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
        rows.AddRange(mailbox.Team.Select(agent =>
            Access(mailbox, agent.AddressAt(world.Now), "FullAccess", agent.AddressAt(world.Now))));
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
        rows.AddRange(mailbox.Team.Where(agent => world.Company.HoldsSendAs(mailbox, agent))
            .Select(agent => SendAs(mailbox, agent.AddressAt(world.Now), agent.AddressAt(world.Now))));
        return rows;
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
            ?? world.Company.Mailboxes.FirstOrDefault(mailbox =>
                identity.Equals(mailbox.LocalPart, StringComparison.OrdinalIgnoreCase) || identity == mailbox.StoreId.ToString())
            ?? throw new GraphError(404, "NotFound", "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|" +
                $"The operation couldn't be performed because object '{identity}' couldn't be found on 'EURPR04A009DC01'.");
    }

    static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
