using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Everything a round over one tenant does: mail, then audit by whatever API the application was allowed, then the
/// directory, which says who those are that were seen to send; then figures.
/// </summary>
static class TenantSync
{
    /// <summary>A round over a tenant. What goes wrong in one part is told, and the others go on.</summary>
    /// <exception cref="Mistake">invalid or unavailable: signing in failed, so that there is nothing to go on with.</exception>
    public static async Task<SyncOutcome> RunAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, TimeProvider time,
        Action<SyncProgress> report, CancellationToken cancellation)
    {
        var roles = await connection.GraphRolesAsync(cancellation);
        var round = new SyncRound(store, connection, time, report);
        await round.ReadMailAsync([.. store.Accounts.All().Where(a => a.Tenant == tenant.Id)], cancellation);
        if (await RemoteAudit.ChooseAsync(connection, cancellation) is { } api)
            await round.ReadAuditAsync(NameOf(api),
                cursor => RemoteAudit.Open(api, connection, store.Addresses, time, cursor), cancellation);
        if (roles.Contains("User.Read.All")) await ReadDirectoryAsync(store, connection, roles, cancellation);
        Recompute.Run(store, cancellation);
        return round.Outcome();
    }

    static async Task ReadDirectoryAsync(
        MailStore store, TenantConnection connection, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        var directory = new DirectorySource(connection);
        var people = await directory.ReadAsync(cancellation);
        var domains = roles.Contains("Domain.Read.All") ? await directory.ReadDomainsAsync(cancellation) : [];
        Roster.Update(store, people, domains);
    }

    static string NameOf(AuditApi api) =>
        api == AuditApi.Query ? "Microsoft 365 audit search" : "Microsoft 365 activity feed";
}
