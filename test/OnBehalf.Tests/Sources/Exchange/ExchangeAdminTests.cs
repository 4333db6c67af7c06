using OnBehalf.Checks;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Exchange;
using OnBehalf.Tests.Sources.Graph;

namespace OnBehalf.Tests.Sources.Exchange;

/// <summary>Permissions of a simulated tenant over HTTP, against what its truth says agents hold.</summary>
public sealed class ExchangeAdminTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_right_is_as_the_truth_has_it()
    {
        await using var some = await SomeTenant.OpenAsync("acme-support");

        var picture = await new ExchangeAdmin(some.Connection).ReadAsync([], some.Now, Cancel);

        Assert.Equal(some.Tenant.Mailboxes.Order(), picture.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal((true, false), (picture.IsUnifiedAuditOn, picture.IsMailboxAuditDisabled));
        Assert.Single(picture.People, person => person.Value.IsAuditBypassed == true);
        Assert.All(picture.Mailboxes, mailbox => Assert.Equal(RecipientKind.Shared, mailbox.Kind));
        foreach (var mailbox in picture.Mailboxes)
        {
            var (sendAs, onBehalf) = (Names(mailbox.SendAs), Names(mailbox.OnBehalf));
            var all = Names(mailbox.FullAccess);
            switch (mailbox.Address.Split('@')[0])
            {
                case "sales":
                    Assert.Equal((all, all), (sendAs, onBehalf));
                    break;
                case "billing":
                    Assert.Equal((all, ""), (sendAs, onBehalf));
                    break;
                case "press":
                    Assert.NotEqual("", sendAs);
                    Assert.NotEqual(sendAs, onBehalf);
                    Assert.Single(mailbox.FullAccess!, trustee => trustee.Kind == TrusteeKind.Deleted);
                    break;
                default:
                    Assert.Equal(("", all), (sendAs, onBehalf));
                    break;
            }
            Assert.Equal(mailbox.Address.StartsWith("jobs@", StringComparison.Ordinal), mailbox.CopiesOnBehalf == false);
        }
    }

    [Fact]
    public async Task Regions_of_people_come_with_the_picture()
    {
        await using var some = await SomeTenant.OpenAsync("cross-geo");

        var picture = await new ExchangeAdmin(some.Connection).ReadAsync([some.Tenant.Mailboxes[0]], some.Now, Cancel);

        Assert.Equal("EUR", Assert.Single(picture.Mailboxes).Region);
        Assert.Equal(3, picture.People.Values.Count(person => person.Region == "NAM"));
    }

    [Fact]
    public async Task Members_of_a_group_that_holds_rights_are_holders()
    {
        var tiny = Scenario.ByName("tiny");
        await using var some = await SomeTenant.OpenAsync(
            tiny with { Setups = [tiny.Setups[0] with { RightsByGroup = true, Grant = Grant.Both }] });

        var picture = await new ExchangeAdmin(some.Connection).ReadAsync([some.Tenant.Mailboxes[0]], some.Now, Cancel);

        var mailbox = Assert.Single(picture.Mailboxes);
        foreach (var holders in new[] { mailbox.FullAccess, mailbox.SendAs, mailbox.OnBehalf })
        {
            var group = Assert.Single(holders!);
            Assert.Equal(("support-agents@acme.example", TrusteeKind.Group, 3), (group.Name, group.Kind, group.Members!.Count));
        }
        Assert.Equal(mailbox.SendAs![0].Members, SetupLook.Holders(picture));
        Assert.Equal(RecipientKind.List,
            await new DirectorySource(some.Connection).FindGroupAsync("support-agents@acme.example", Cancel));
        Assert.Null(await new DirectorySource(some.Connection).FindGroupAsync(some.Tenant.Mailboxes[0], Cancel));
    }

    [Fact]
    public async Task Without_permission_the_script_is_offered()
    {
        await using var some = await SomeTenant.OpenAsync("tiny", app: RegisteredApp.Default with { Roles = ["User.Read.All"] });

        var mistake = await Assert.ThrowsAsync<Mistake>(() => new ExchangeAdmin(some.Connection).ReadAsync([], some.Now, Cancel));

        Assert.Equal("unavailable", mistake.Code);
        Assert.Contains("onbehalf permissions script", mistake.Message, StringComparison.Ordinal);
    }

    static string Names(IReadOnlyList<Trustee>? trustees) => string.Join(", ",
        trustees!.Where(trustee => trustee.Kind == TrusteeKind.Person).Select(trustee => trustee.Name));
}
