using NodaTime;

namespace OnBehalf.Engine.Setups;

/// <summary>What the registered application may do, against what it needs, and how long it will go on.</summary>
static class AppCheck
{
    /// <summary>How long before its end a secret or certificate is worth a warning.</summary>
    static readonly Duration Notice = Duration.FromDays(30);

    /// <summary>A clock this far off makes times in reports wrong to the reader's eye.</summary>
    static readonly Duration Visible = Duration.FromSeconds(60);

    /// <summary>Entra refuses client assertions whose times are farther off than this (AADSTS700024).</summary>
    static readonly Duration Tolerated = Duration.FromMinutes(5);

    static readonly string[] Useful = [.. AppPermission.All.Select(permission => permission.Role)];

    const string TenantWide = "Mail.ReadBasic.All";

    /// <summary>What shows who is in a group that holds rights.</summary>
    const string Groups = "GroupMember.Read.All";

    /// <summary>Whether groups may be looked into; where nothing is connected, nobody can tell.</summary>
    public static bool LacksGroups(TenantSetup tenant) => tenant.App is { } app && !Holds(app, Groups);

    /// <summary>
    /// Whether no mailbox at all may be read. A right given by RBAC for Applications is in no token: only a mailbox that
    /// refuses shows that there is none.
    /// </summary>
    public static bool ReadsNothing(TenantSetup tenant) => tenant.App is { } app && !app.Roles.Any(IsMail)
        && tenant.Exchange.Mailboxes.Count > 0
        && tenant.Exchange.Mailboxes.All(mailbox => tenant.Reach.GetValueOrDefault(mailbox.Address) == Reach.Refused);

    public static IEnumerable<SetupFinding> Find(TenantSetup tenant) =>
        Clock(tenant).Concat(tenant.App is { } app ? Missing(tenant, app).Concat(TooMuch(app)).Concat(Credential(tenant, app)) : []);

    static IEnumerable<SetupFinding> Clock(TenantSetup tenant)
    {
        if (tenant.ClockAhead is not { } ahead) yield break;
        var off = ahead < Duration.Zero ? -ahead : ahead;
        if (off > Visible)
            yield return new(SetupFault.ClockSkew, off > Tolerated ? Severity.Error : Severity.Warning, SetupCheck.Tenant,
                FormattableString.Invariant($"This machine's clock is {off.TotalSeconds:0} seconds ")
                    + (ahead > Duration.Zero ? "ahead of" : "behind") + " Microsoft's.",
                ["Switch time synchronisation on (NTP), then start again: timedatectl set-ntp true, or w32tm /resync"]);
    }

    static IEnumerable<SetupFinding> Missing(TenantSetup tenant, AppSetup app)
    {
        foreach (var needed in AppPermission.All.Where(permission => permission.IsNeeded && !Holds(app, permission.Role)))
            yield return new(SetupFault.PermissionMissing, Severity.Error, SetupCheck.Tenant, $"The application lacks {needed.Role}.",
                [Remedies.Consent(app.ClientId, needed.ToAdd)]);
        if (ReadsNothing(tenant))
            yield return new(SetupFault.PermissionMissing, Severity.Error, SetupCheck.Tenant,
                "The application may read no mailbox: it has neither consent to Mail.ReadBasic.All nor a role in Exchange.",
                Remedies.ScopeToSharedMailboxes(app.ClientId, []));
    }

    static IEnumerable<SetupFinding> TooMuch(AppSetup app)
    {
        var wide = app.Roles.Where(role => !Useful.Contains(role, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        if (wide.Count > 0)
            yield return new(SetupFault.PermissionTooWide, Severity.Warning, SetupCheck.Tenant,
                $"The application may do more than it needs: {string.Join(", ", wide)}.",
                wide.Any(IsMail)
                    ? Remedies.ScopeToSharedMailboxes(app.ClientId, Holds(app, TenantWide) ? [.. wide, TenantWide] : wide)
                    : [.. wide.Select(role => Remedies.Consent(app.ClientId, $"remove {role}"))]);
        if (Holds(app, TenantWide) && !wide.Any(IsMail))
            yield return new(SetupFault.PermissionTooWide, Severity.Note, SetupCheck.Tenant,
                $"{TenantWide} reaches every mailbox of the tenant (never bodies). Exchange can confine it to shared mailboxes.",
                Remedies.ScopeToSharedMailboxes(app.ClientId, [TenantWide]));
    }

    static IEnumerable<SetupFinding> Credential(TenantSetup tenant, AppSetup app)
    {
        if (app.CredentialExpiresAt is not { } end || end - tenant.SeenAt > Notice) yield break;
        var what = app.HasCertificate ? "certificate" : "secret";
        var isOver = end <= tenant.SeenAt;
        yield return new(SetupFault.CredentialExpiring, isOver ? Severity.Error : Severity.Warning, SetupCheck.Tenant,
            FormattableString.Invariant($"The {what} {(isOver ? "expired" : "expires")} on {end.InUtc().Date:uuuu-MM-dd}."),
            [
                $"Entra admin center > App registrations > {app.ClientId} > Certificates & secrets: add a new {what}",
                "onbehalf connect with the new one, then delete the old one",
            ]);
    }

    static bool Holds(AppSetup app, string role) => app.Roles.Contains(role, StringComparer.OrdinalIgnoreCase);

    static bool IsMail(string role) =>
        role.StartsWith("Mail.", StringComparison.OrdinalIgnoreCase)
        || role.Equals("full_access_as_app", StringComparison.OrdinalIgnoreCase);
}
