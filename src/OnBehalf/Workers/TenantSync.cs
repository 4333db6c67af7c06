using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Everything a round over one tenant does: mail, then audit by whatever API the application was allowed, then
/// who holds rights and what the directory calls them; then figures, and the set-up check.
/// </summary>
static class TenantSync
{
    /// <summary>A round over a tenant, with a new look at its rights.</summary>
    /// <exception cref="Mistake">invalid or unavailable: signing in failed, so that there is nothing to go on with.</exception>
    public static Task<SyncOutcome> RunAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, TimeProvider time,
        Action<SyncProgress> report, CancellationToken cancellation) =>
        RunAsync(store, connection, tenant, time, report, Duration.Zero, cancellation);

    /// <summary>A round over a tenant. What goes wrong in one part is told, and the others go on.</summary>
    /// <param name="store">Where everything goes.</param>
    /// <param name="connection">The tenant, connected.</param>
    /// <param name="tenant">The tenant, as the store knows it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told how far the round has come.</param>
    /// <param name="pictureAge">How old the last look at rights may be to be good enough.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Mistake">invalid or unavailable: signing in failed, so that there is nothing to go on with.</exception>
    public static async Task<SyncOutcome> RunAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, TimeProvider time,
        Action<SyncProgress> report, Duration pictureAge, CancellationToken cancellation)
    {
        var roles = await connection.GraphRolesAsync(cancellation);
        var round = new SyncRound(store, connection, time, report);
        await round.ReadMailAsync([.. store.Accounts.All().Where(a => a.Tenant == tenant.Id)], cancellation);
        if (await RemoteAudit.ChooseAsync(connection, cancellation) is { } api)
            await round.ReadAuditAsync(NameOf(api), RemoteAudit.KeptBy(api),
                cursor => RemoteAudit.Open(api, connection, store.Addresses, time, cursor), cancellation);
        var now = time.GetCurrentInstant();
        var picture = await round.LookAsync(SetupCheck, () => SetupLook.PictureAsync(
            store, connection, now, pictureAge, cancellation))
            ?? SetupLook.LastPicture(store, now);
        if (roles.Contains("User.Read.All"))
            await ReadDirectoryAsync(store, connection, roles, SetupLook.Holders(picture), now, cancellation);
        Recompute.Run(store, cancellation);
        await round.LookAsync(SetupCheck, async () =>
            (object?)await SetupLook.TenantAsync(store, connection, tenant, picture, now, cancellation));
        return round.Outcome();
    }

    const string SetupCheck = "set-up check";

    static async Task ReadDirectoryAsync(
        MailStore store, TenantConnection connection, IReadOnlyList<string> roles, IReadOnlyCollection<string> holders,
        Instant now, CancellationToken cancellation)
    {
        var directory = new DirectorySource(connection);
        var people = await directory.ReadAsync(cancellation);
        var domains = roles.Contains("Domain.Read.All") ? await directory.ReadDomainsAsync(cancellation) : [];
        store.Pictures.Keep(new DirectoryPicture(now, [.. people.Where(person => person.Addresses.Count > 0)
            .Select(person => new DirectoryRecord(person.Id, person.Name, person.Addresses))]));
        Roster.Update(store, people, domains, holders);
    }

    static string NameOf(AuditApi api) =>
        api == AuditApi.Query ? "Microsoft 365 audit search" : "Microsoft 365 activity feed";
}
