using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Sources.Audit;

/// <summary>Which audit API of a tenant is read: the one that was granted, the more sparing one of two.</summary>
public static class RemoteAudit
{
    /// <summary>
    /// The audit query where it is granted: it hands out sends only and reaches back half a year. Else the activity feed,
    /// which is all there is in national clouds. Null where neither is granted.
    /// </summary>
    /// <param name="connection">The tenant.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Mistake">invalid: sign-in refused. unavailable: no answer.</exception>
    public static async Task<AuditApi?> ChooseAsync(TenantConnection connection, CancellationToken cancellation)
    {
        var roles = await connection.GraphRolesAsync(cancellation);
        if (roles.Contains(GraphAuditSource.Role) || roles.Contains("AuditLogsQuery.Read.All")) return AuditApi.Query;
        if (connection.Activity is null) return null;
        var feed = await connection.ActivityRolesAsync(cancellation);
        return feed.Contains(ActivityFeedSource.Role) ? AuditApi.Feed : null;
    }

    /// <summary>How long an interface keeps records.</summary>
    public static Duration KeptBy(AuditApi api) =>
        api == AuditApi.Query ? GraphAuditSource.Retention : ActivityFeedSource.Retention;

    /// <summary>Opens one.</summary>
    /// <param name="api">Which.</param>
    /// <param name="connection">The tenant.</param>
    /// <param name="addresses">Where the addresses of the facts go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cursor">The last cursor of an earlier reading of the same API; null: from the beginning.</param>
    public static IAuditSource Open(
        AuditApi api, TenantConnection connection, Addresses addresses, TimeProvider time, string? cursor) =>
        api == AuditApi.Query
            ? new GraphAuditSource(connection, addresses, time, cursor)
            : new ActivityFeedSource(connection, addresses, time, cursor);
}

/// <summary>The APIs that hand out audit records.</summary>
public enum AuditApi : byte
{
    /// <summary>Graph's audit query.</summary>
    Query,
    /// <summary>The Management Activity API.</summary>
    Feed,
}
