using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Store;

/// <summary>Which mailboxes Graph tells us about.</summary>
public sealed class SubscriptionStore
{
    readonly MailStore _store;

    internal SubscriptionStore(MailStore store) => _store = store;

    /// <summary>Every subscription.</summary>
    public IReadOnlyList<SubscriptionRecord> All()
    {
        using var statement = _store.Database.Prepare("SubscriptionStore.All.sql");
        var all = new List<SubscriptionRecord>();
        while (statement.Step())
            all.Add(new(new(statement.Int(0)), statement.Text(1), statement.Text(2), statement.Text(3),
                Instant.FromUnixTimeSeconds(statement.Long(4))));
        return all;
    }

    /// <summary>Adds the subscription of a mailbox, or replaces it.</summary>
    public void Save(SubscriptionRecord subscription) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("SubscriptionStore.Save.sql")
            .Bind(1, subscription.Account.Value).Bind(2, subscription.Id).Bind(3, subscription.State)
            .Bind(4, subscription.Address).Bind(5, subscription.ExpiresAt.ToUnixTimeSeconds());
        return statement.Execute();
    });

    /// <summary>Forgets the subscription of a mailbox.</summary>
    public void Drop(AddressId account) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("SubscriptionStore.Drop.sql").Bind(1, account.Value);
        return statement.Execute();
    });
}

/// <summary>A subscription to what changes in a mailbox.</summary>
/// <param name="Account">The mailbox.</param>
/// <param name="Id">Graph's id of it.</param>
/// <param name="State">The word that comes with every notice, which only Graph and we know.</param>
/// <param name="Address">Where notices go.</param>
/// <param name="ExpiresAt">When it ends unless it is renewed.</param>
public sealed record SubscriptionRecord(AddressId Account, string Id, string State, string Address, Instant ExpiresAt);
