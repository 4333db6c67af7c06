using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Directories;
using OnBehalf.Tests.Sources.Graph;

namespace OnBehalf.Tests.Sources.Directories;

/// <summary>The directory of a simulated tenant over HTTP.</summary>
public sealed class DirectoryTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_is_read_with_every_address_page_after_page()
    {
        await using var some = await SomeTenant.OpenAsync(Scenario.ByName("tiny") with { Agents = 1_200, Mailboxes = 2 });

        var people = await new DirectorySource(some.Connection).ReadAsync(Cancel);

        Assert.Equal(1_200 + 2 + 2, people.Count);
        Assert.Equal(people.Count, people.Select(person => person.Id).Distinct().Count());
        var shared = Assert.Single(people, person => person.Addresses.Contains(some.Tenant.Mailboxes[0]));
        Assert.Equal(some.Tenant.Mailboxes[0], shared.Addresses[0]);
        Assert.Contains(shared.Addresses, address => address.StartsWith("/o=exchangelabs/", StringComparison.Ordinal));
        Assert.All(people.SelectMany(person => person.Addresses), address => Assert.Equal(address.ToLowerInvariant(), address));
    }

    [Fact]
    public async Task Who_marries_keeps_the_former_address_and_who_leaves_may_not_sign_in()
    {
        await using var some = await SomeTenant.OpenAsync("acme-support", Quirks.Parse("renamed-people"), daysBeforeEnd: 89);
        var directory = new DirectorySource(some.Connection);
        var before = (await directory.ReadAsync(Cancel)).ToDictionary(person => person.Id);
        some.Clock.Advance(TimeSpan.FromDays(88));
        var after = await directory.ReadAsync(Cancel);

        var renamed = Assert.Single(after, person => person.Name != before[person.Id].Name);
        Assert.NotEqual(before[renamed.Id].Addresses[0], renamed.Addresses[0]);
        Assert.Contains(before[renamed.Id].Addresses[0], renamed.Addresses);
        Assert.Single(after, person => !person.IsEnabled && before[person.Id].IsEnabled);
    }

    [Fact]
    public async Task A_mailbox_is_found_by_any_address_and_its_purpose_is_known()
    {
        await using var some = await SomeTenant.OpenAsync("tiny");
        var directory = new DirectorySource(some.Connection);
        var desk = await directory.FindAsync(some.Tenant.Mailboxes[0].ToUpperInvariant(), Cancel);
        var alias = desk!.Addresses.First(address => address.Contains('@', StringComparison.Ordinal) && address != desk.Addresses[0]);

        Assert.Equal(desk.Id, (await directory.FindAsync(alias, Cancel))!.Id);
        Assert.Null(await directory.FindAsync("o'nobody@acme.example", Cancel));
        Assert.Equal(RecipientKind.Shared, await directory.ReadPurposeAsync(desk.Id, Cancel));
        var agent = (await directory.ReadAsync(Cancel)).First(person => person.IsEnabled && person.Department.Length > 0);
        Assert.Equal(RecipientKind.Personal, await directory.ReadPurposeAsync(agent.Id, Cancel));
    }

    [Fact]
    public async Task Domains_managers_and_what_is_not_granted()
    {
        await using var some = await SomeTenant.OpenAsync("acme-support");
        var directory = new DirectorySource(some.Connection);
        Assert.Equal(["acme.example", "acme.onmicrosoft.example"], await directory.ReadDomainsAsync(Cancel));
        var managers = new List<string>();
        foreach (var person in (await directory.ReadAsync(Cancel)).Where(person => person.Department.Length > 0).Take(8))
            managers.Add(await directory.ReadManagerAsync(person.Id, Cancel));
        Assert.Contains(managers, name => name.Length > 0);
        Assert.Contains("", managers);

        await using var bare = await SomeTenant.OpenAsync("tiny", app: RegisteredApp.Default with { Roles = ["Mail.ReadBasic.All"] });
        var mistake = await Assert.ThrowsAsync<Mistake>(() => new DirectorySource(bare.Connection).ReadAsync(Cancel));
        Assert.Equal("unavailable", mistake.Code);
        Assert.Contains("User.Read.All", mistake.Message, StringComparison.Ordinal);
    }
}
