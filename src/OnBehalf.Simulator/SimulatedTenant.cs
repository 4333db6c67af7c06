using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Simulator.Audit;
using OnBehalf.Simulator.Exports;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Identities;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;
using OnBehalf.Simulator.Truths;

namespace OnBehalf.Simulator;

/// <summary>
/// A pretend Microsoft 365 tenant that knows the truth. It serves sign-in, Graph v1.0, the Management Activity API and the
/// Exchange admin API over HTTP on loopback, all from one address.
/// </summary>
public sealed class SimulatedTenant : IAsyncDisposable
{
    readonly World _world;
    readonly WebApplication _host;
    readonly SubscriptionEndpoint _subscriptions;
    readonly DeltaEndpoint _delta;
    readonly GraphServer _graph;
    readonly AuditTrail _trail;

    SimulatedTenant(SimulationOptions options, TimeProvider time)
    {
        _world = new World(options, time);
        _trail = new AuditTrail(_world);
        _subscriptions = new SubscriptionEndpoint(_world, new FolderTree(_world.Company));
        _delta = new DeltaEndpoint(_world);
        Throttle = new Throttle(time);
        _graph = new GraphServer(_world, _trail, _subscriptions, Throttle, _delta);
        _host = Build(options.Port);
        var mint = new TokenMint(_world.Company.TenantId, options.Apps, time);
        var tokens = new TokenEndpoint(_world.Company.TenantId, Company.InitialDomain, options.Apps, mint, time);
        var front = new FrontDoor(_world, tokens, mint, _graph, new ActivityFeed(_world, _trail), new Exchange.ExchangeAdmin(_world));
        _host.Run(front.AnswerAsync);
    }

    /// <summary>Starts to serve.</summary>
    /// <param name="options">What the tenant is like.</param>
    /// <param name="time">The present, for mail, audit, tokens and throttling alike; see <see cref="WorldClock"/>.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<SimulatedTenant> StartAsync(SimulationOptions options, TimeProvider time, CancellationToken cancel)
    {
        var tenant = new SimulatedTenant(options, time);
        await tenant._host.StartAsync(cancel);
        return tenant;
    }

    /// <summary>Where everything is served: sign-in below /{tenant}/oauth2, Graph below /v1.0, the feed below /api/v1.0.</summary>
    public Uri BaseAddress => new(_host.Urls.First());

    /// <summary>The root of Graph, as its base URL in a client.</summary>
    public Uri Graph => new(BaseAddress, "v1.0");

    /// <summary>The tenant's id.</summary>
    public Guid TenantId => _world.Company.TenantId;

    /// <summary>The shared mailboxes' addresses.</summary>
    public IReadOnlyList<string> Mailboxes => [.. _world.Company.Mailboxes.Select(mailbox => mailbox.Address)];

    /// <summary>How many messages of generated mailboxes are in memory now.</summary>
    public int MessagesInMemory => _world.Shelf.Held;

    internal Throttle Throttle { get; }
    internal World World => _world;
    internal AuditTrail Trail => _trail;

    /// <summary>Writes what really happened up to an instant, as JSON lines.</summary>
    public void WriteTruth(Stream stream, DateTimeOffset asOf) =>
        new TruthWriter(_world.Company, _world.Shelf, _world.Company.Second(asOf)).WriteTo(stream);

    /// <summary>Writes one mailbox as an mbox file, as it is now.</summary>
    public void WriteMbox(Stream stream, string mailbox) => Mail().WriteMbox(stream, Shared(mailbox));

    /// <summary>Writes one mailbox as a folder of .eml files in folders, as it is now.</summary>
    public void WriteEml(string folder, string mailbox) => Mail().WriteEml(folder, Shared(mailbox));

    /// <summary>Writes the audit log as Search-UnifiedAuditLog exports it: CSV in the administrator's culture.</summary>
    public void WriteAuditCsv(Stream stream) => new AuditExport(_world, _trail).WriteCsv(stream);

    /// <summary>Writes the audit log as JSON lines, one record each.</summary>
    public void WriteAuditLines(Stream stream) => new AuditExport(_world, _trail).WriteLines(stream);

    /// <summary>Makes every delta token of a folder unknown, as a tenant does with old ones.</summary>
    /// <param name="mailbox">The mailbox's address.</param>
    /// <param name="wellKnownFolder">inbox, sentitems, drafts and so on.</param>
    public void ExpireDeltaTokens(string mailbox, string wellKnownFolder)
    {
        var owner = Shared(mailbox);
        _delta.Expire(owner.ObjectId, _graph.Folders.Find(owner, wellKnownFolder).Code);
    }

    /// <summary>Tells subscribers what has changed since the last time; returns how many notices went out.</summary>
    public Task<int> NotifyAsync(CancellationToken cancel) => _subscriptions.NotifyAsync(cancel);

    /// <summary>Tells subscribers of a lifecycle step: missed, subscriptionRemoved, reauthorizationRequired.</summary>
    public Task TellLifecycleAsync(string step, CancellationToken cancel) => _subscriptions.TellAsync(step, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    MailExport Mail() => new(_world);

    SharedMailbox Shared(string mailbox) => _world.FindMailbox(mailbox) as SharedMailbox
        ?? throw new ArgumentException($"There is no shared mailbox {mailbox}. There are {string.Join(", ", Mailboxes)}.", nameof(mailbox));

    static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, port);
            server.AllowSynchronousIO = false;
            server.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder.Build();
    }
}
