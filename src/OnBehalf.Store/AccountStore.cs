using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Store;

/// <summary>The tenants and mailboxes that are read, how far, and what the last round met.</summary>
public sealed class AccountStore
{
    readonly MailStore _store;

    internal AccountStore(MailStore store) => _store = store;

    /// <summary>Every tenant.</summary>
    public IReadOnlyList<TenantRecord> Tenants()
    {
        using var statement = _store.Database.Prepare("AccountStore.Tenants.sql");
        var tenants = new List<TenantRecord>();
        while (statement.Step())
            tenants.Add(new(statement.Text(0), statement.Text(1), statement.Text(2), statement.Text(3))
            {
                SecretEndsAt = statement.IsNull(4) ? null : Instant.FromUnixTimeSeconds(statement.Long(4)),
            });
        return tenants;
    }

    /// <summary>Adds a tenant, or changes how it is signed in to.</summary>
    public void Save(TenantRecord tenant) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("AccountStore.SaveTenant.sql")
            .Bind(1, tenant.Id).Bind(2, tenant.Cloud).Bind(3, tenant.Client).Bind(4, tenant.Credential)
            .Bind(5, _store.Now).Bind(6, tenant.SecretEndsAt?.ToUnixTimeSeconds());
        return statement.Execute();
    });

    /// <summary>Every mailbox that is read.</summary>
    public IReadOnlyList<AccountRecord> All()
    {
        using var statement = _store.Database.Prepare("AccountStore.All.sql");
        var accounts = new List<AccountRecord>();
        while (statement.Step())
            accounts.Add(new()
            {
                Mailbox = new(statement.Int(0)),
                Tenant = statement.Text(1),
                GraphId = statement.Text(2),
                IsAgent = statement.Int(3) != 0,
                Horizon = Instant.FromUnixTimeSeconds(statement.Long(4)),
                LoadedAt = At(5),
                SyncedAt = At(6),
                Problem = statement.TextOrNull(7),
                ProblemAt = At(8),
            });
        _store.Refresh();
        return accounts;

        Instant? At(int column) =>
            statement.IsNull(column) ? null : Instant.FromUnixTimeSeconds(statement.Long(column));
    }

    /// <summary>Adds a mailbox to be read; one that is there already keeps how far it was read.</summary>
    public void Add(AccountRecord account) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("AccountStore.Add.sql")
            .Bind(1, account.Mailbox.Value).Bind(2, account.Tenant).Bind(3, account.GraphId)
            .Bind(4, account.IsAgent ? 1 : 0).Bind(5, account.Horizon.ToUnixTimeSeconds()).Bind(6, _store.Now);
        return statement.Execute();
    });

    /// <summary>Reads a mailbox no longer, and forgets how far it was read. Its facts stay.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(AddressId mailbox) => _store.Write(() =>
    {
        using var forget = _store.Database.Prepare("AccountStore.Forget.sql").Bind(1, mailbox.Value);
        forget.Execute();
        using var remove = _store.Database.Prepare("AccountStore.Remove.sql").Bind(1, mailbox.Value);
        return remove.Execute() > 0;
    });

    /// <summary>How far a mailbox was read, by place.</summary>
    public IReadOnlyDictionary<string, string> Bookmarks(AddressId mailbox)
    {
        using var statement = _store.Database.Prepare("AccountStore.Bookmarks.sql").Bind(1, mailbox.Value);
        var bookmarks = new Dictionary<string, string>(StringComparer.Ordinal);
        while (statement.Step()) bookmarks.Add(statement.Text(0), statement.Text(1));
        return bookmarks;
    }

    /// <summary>Keeps bookmarks behind which nothing was read.</summary>
    public void Keep(IReadOnlyList<(AddressId Account, string Place, string? Text)> bookmarks) => _store.Write(() =>
    {
        Store.Bookmarks.Write(_store.Database, bookmarks);
        return bookmarks.Count;
    });

    /// <summary>Notes how a round over some mailboxes ended.</summary>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="problem">What each met, in words; null when all was well.</param>
    public void Note(IReadOnlyList<AddressId> mailboxes, string? problem) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("AccountStore.Note.sql");
        foreach (var mailbox in mailboxes)
            statement.Bind(1, mailbox.Value).Bind(2, _store.Now).Bind(3, problem).Execute();
        return mailboxes.Count;
    });
}

/// <summary>A tenant and how it is signed in to.</summary>
/// <param name="Id">Its id, or one of its domains.</param>
/// <param name="Cloud">Name of its cloud, or the loopback address of a simulator.</param>
/// <param name="Client">The application's id.</param>
/// <param name="Credential">Where the secret or the certificate is; never the secret itself.</param>
public sealed record TenantRecord(string Id, string Cloud, string Client, string Credential)
{
    /// <summary>When the secret ends, as the administrator said; null: not said, or a certificate, which says it itself.</summary>
    public Instant? SecretEndsAt { get; init; }

    /// <summary>What stands in the place of a credential where a demo made the store.</summary>
    public const string NoCredential = "env:none";

    /// <summary>Whether it is a demo's: its world has its own time and ends, and nobody goes on reading it.</summary>
    public bool IsDemo => Credential == NoCredential;
}

/// <summary>A mailbox that is read.</summary>
public sealed record AccountRecord
{
    /// <summary>Its primary address.</summary>
    public required AddressId Mailbox { get; init; }

    /// <summary>Its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>What Graph calls it: its object id.</summary>
    public required string GraphId { get; init; }

    /// <summary>Whether it is an agent's own, of which only Sent Items are read, with the agent's consent.</summary>
    public bool IsAgent { get; init; }

    /// <summary>How far back its first reading goes.</summary>
    public required Instant Horizon { get; init; }

    /// <summary>When the first reading had come to its end; null while it goes on.</summary>
    public Instant? LoadedAt { get; init; }

    /// <summary>When the last round ended well.</summary>
    public Instant? SyncedAt { get; init; }

    /// <summary>What the last round met; null when all was well.</summary>
    public string? Problem { get; init; }

    /// <summary>When it met that.</summary>
    public Instant? ProblemAt { get; init; }
}
