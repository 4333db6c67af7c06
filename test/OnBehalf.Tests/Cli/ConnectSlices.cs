using OnBehalf.Simulator;
using OnBehalf.Tests.EndToEnd;

namespace OnBehalf.Tests.Cli;

/// <summary>
/// <c>connect</c> against a simulated tenant: in one go, in pieces, with everything that may be missing, and by questions.
/// </summary>
public sealed class ConnectSlices
{
    const string Desk = Patient.Desk;

    static readonly Patient TwoDesks = Patient.Healthy.With((Scenario all) => all with
    {
        Mailboxes = 2, Setups = [all.Setups[0], all.Setups[0] with { Name = "sales" }],
    });

    [Fact]
    public async Task All_in_one_go_and_again_changes_nothing()
    {
        await using var shell = await TenantShell.OpenAsync(TwoDesks);
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.True(said.Code == 0, said.ToString());
        Assert.Equal($"sales@acme.example {Desk}", shell.Mailboxes());
        foreach (var part in new[] { "1. Registration", "2. Consent", "granted  User.Read.All", "3. Mailboxes", "4. Test read",
            $"{Desk} can be read", "5. First sync", "2 mailboxes read", "Connected." })
            Assert.Contains(part, said.Error, StringComparison.Ordinal);
        Assert.Equal("Nothing to do.", (await DoctorAsync(shell)).Trim().Split('\n')[^1]);

        var again = await shell.RunAsync("connect");
        Assert.True(again.Code == 0, again.ToString());
        Assert.Contains("Read already: ", again.Error, StringComparison.Ordinal);
        Assert.Contains("2 mailboxes read, 0 new facts.", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_given_and_nobody_to_ask_the_steps_of_the_portal_are_shown()
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy);
        var said = await shell.RunAsync("connect");
        Assert.Equal(2, said.Code);
        Assert.Contains("App registrations > New registration", said.Error, StringComparison.Ordinal);
        Assert.Contains("-Role 'Application Mail.ReadBasic' -CustomResourceScope", said.Error, StringComparison.Ordinal);
        Assert.Contains("Give --tenant, --client and --credential", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_and_leaves_nothing_behind()
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy);
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.WrongSecret, "--all"]);
        Assert.Equal(2, said.Code);
        Assert.Contains("is wrong. Often the secret's id was copied", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", said.Error, StringComparison.Ordinal);
        Assert.Contains("Give --tenant, --client", (await shell.RunAsync("connect")).Error, StringComparison.Ordinal);

        said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", "the-secret-itself", "--all"]);
        Assert.Equal(2, said.Code);
        Assert.Contains("never as the secret itself", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-itself", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_consent_is_told_with_the_step_and_the_next_run_goes_on()
    {
        var whole = Patient.Healthy.App with { ClientId = "5f0c1a7e-0b6d-4c52-9c1e-2a64c0de0002" };
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy.With(["User.Read.All"]), whole);
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--mailbox", Desk]);
        Assert.Equal(9, said.Code);
        Assert.Contains("MISSING  User.Read.All: who agents are", said.Error, StringComparison.Ordinal);
        Assert.Contains("API permissions: add Microsoft Graph > Application > User.Read.All, then Grant admin consent", said.Error,
            StringComparison.Ordinal);
        Assert.Contains("run onbehalf connect again", said.Error, StringComparison.Ordinal);
        Assert.Equal("", shell.Mailboxes());

        // What an administrator grants meanwhile is another application here; everything else is known already.
        said = await shell.RunAsync("connect", "--client", whole.ClientId, "--mailbox", Desk);
        Assert.True(said.Code == 0, said.ToString());
        Assert.Equal(Desk, shell.Mailboxes());
    }

    [Fact]
    public async Task An_application_that_nobody_consented_to_is_told()
    {
        await using var shell = await TenantShell.OpenAsync(
            Patient.Healthy with { App = Patient.Healthy.App with { IsConsented = false } });
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.Equal(2, said.Code);
        Assert.Contains("is not consented to in tenant", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_mailbox_found_is_told_and_a_typed_one_is_taken()
    {
        await using var shell = await TenantShell.OpenAsync(
            Patient.Healthy.With(setup => setup with { Shape = RecipientShape.Personal })
                with { App = Patient.Healthy.App with { Scope = [Desk] } });
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.Equal(3, said.Code);
        Assert.Contains("No shared mailbox was found. Name one with --mailbox", said.Error, StringComparison.Ordinal);

        said = await shell.RunAsync("connect", "--mailbox", "support-team@acme.example", "--no-sync");
        Assert.True(said.Code == 0, said.ToString());
        Assert.Equal(Desk, shell.Mailboxes());
        Assert.Contains("Next: onbehalf sync", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("5. First sync", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Exchange.ManageAsApp", "by purpose")]
    [InlineData("MailboxSettings.Read", "by Exchange")]
    public async Task What_is_found_is_listed_until_it_is_chosen(string less, string way)
    {
        await using var shell = await TenantShell.OpenAsync(TwoDesks.With([less]));
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret]);
        Assert.True(said.Code == 9, $"{way}: {said}");
        Assert.Contains("sales@acme.example", said.Error, StringComparison.Ordinal);
        Assert.Contains(Desk, said.Error, StringComparison.Ordinal);
        Assert.Contains("Name those to be read with --mailbox, or take --all.", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("meeting-room@", said.Error, StringComparison.Ordinal);
        Assert.Equal("", shell.Mailboxes());
    }

    [Fact]
    public async Task A_mailbox_that_may_not_be_read_is_told_and_the_others_go_on()
    {
        await using var shell = await TenantShell.OpenAsync(TwoDesks with { App = TwoDesks.App with { Scope = [Desk] } });
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.Equal(9, said.Code);
        Assert.Contains("Test-ServicePrincipalAuthorization", said.Error, StringComparison.Ordinal);
        Assert.Contains("1 mailbox read", said.Error, StringComparison.Ordinal);
        Assert.Equal(Desk, shell.Mailboxes());
    }

    [Fact]
    public async Task Without_any_mail_right_the_commands_that_give_one_are_shown()
    {
        await using var shell = await TenantShell.OpenAsync(
            Patient.Healthy with { App = Patient.Healthy.App with { ScopedRoles = [] } });
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.Equal(9, said.Code);
        Assert.Contains("New-ManagementScope -Name 'OnBehalf shared mailboxes'", said.Error, StringComparison.Ordinal);
        Assert.Equal("", shell.Mailboxes());
    }

    [Theory]
    [InlineData(RecipientShape.Group, "is a Microsoft 365 group")]
    [InlineData(RecipientShape.List, "is a distribution list or security group")]
    public async Task A_group_is_no_mailbox_and_what_to_do_is_said(RecipientShape shape, string what)
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy.With(setup => setup with { Shape = shape }));
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--mailbox", Desk]);
        Assert.Equal(2, said.Code);
        Assert.Contains(what, said.Error, StringComparison.Ordinal);
        Assert.Contains("New-Mailbox -Shared", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_asked_corrects_a_wrong_secret_and_chooses_from_what_is_found()
    {
        await using var shell = await TenantShell.OpenAsync(TwoDesks);
        var console = new TypedConsole()
            .Types().Types(shell.Tenant.TenantId.ToString()).Types(TwoDesks.App.ClientId).Types(shell.WrongSecret).Types("2026-09-01")
            .Types().Types().Types().Types(shell.Secret).Types() // The same again, but for the secret.
            .Types(); // Both mailboxes are chosen unless one is taken out.
        var said = await shell.RunAsync(console, "connect", "--cloud", shell.Cloud);
        Assert.True(said.Code == 0, said + console.Shown);
        Assert.True(console.IsEverythingTyped);
        Assert.Contains("Which mailboxes shall be read?", console.Shown, StringComparison.Ordinal);
        Assert.Equal($"sales@acme.example {Desk}", shell.Mailboxes());
    }

    [Fact]
    public async Task A_person_may_leave_consent_for_another_day()
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy.With(["User.Read.All"]));
        var console = new TypedConsole().Types("y").Types("n"); // Looked at once more, and still not granted.
        var said = await shell.RunAsync(console, ["connect", .. shell.Ids, "--credential", shell.Secret]);
        Assert.Equal(9, said.Code);
        Assert.True(console.IsEverythingTyped);
        Assert.Equal(3, said.Error.Split("MISSING  User.Read.All").Length);
    }

    [Fact]
    public async Task A_person_types_addresses_where_none_is_found()
    {
        await using var shell = await TenantShell.OpenAsync(
            Patient.Healthy.With(["Exchange.ManageAsApp", "MailboxSettings.Read"]));
        var console = new TypedConsole().Types(Desk);
        var said = await shell.RunAsync(console, ["connect", .. shell.Ids, "--credential", shell.Secret, "--no-sync"]);
        Assert.True(said.Code == 0, said + console.Shown);
        Assert.Equal(Desk, shell.Mailboxes());
    }

    static async Task<string> DoctorAsync(TenantShell shell)
    {
        await shell.RunAsync("schedule", "set", "Mon-Fri 08:00-17:00", "--zone", "Europe/Prague", "--yes");
        var said = await shell.RunAsync("doctor");
        Assert.True(said.Code == 0, said.ToString());
        return said.Error;
    }
}
