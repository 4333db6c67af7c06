using NodaTime;
using OnBehalf.Checks;
using OnBehalf.Engine.Setups;
using OnBehalf.Store;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// Rights that somebody wrote into a file serve later rounds; a look at them lasts an hour while rounds go on; a demo's world
/// has ended and alarms nobody.
/// </summary>
public sealed class PictureTests(Ward ward) : IClassFixture<Ward>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rights_from_a_file_serve_the_rounds_after_it()
    {
        var clinic = await ward.AdmitAsync(Patient.Healthy.With(["Exchange.ManageAsApp"]));
        Assert.StartsWith("note rights-unseen", Assert.Single(await clinic.ExamineAsync()), StringComparison.Ordinal);
        SetupLook.File(clinic.Store, HiddenDesk(clinic), clinic.Now, Cancel);
        Assert.StartsWith("note hidden-from-address-lists", Assert.Single(await clinic.ExamineAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_at_rights_lasts_an_hour_while_rounds_go_on()
    {
        var clinic = await ward.AdmitAsync(Patient.Healthy);
        clinic.Store.Pictures.Keep(HiddenDesk(clinic));
        clinic.Clock.Advance(TimeSpan.FromMinutes(59));
        await clinic.SyncAsync(Duration.FromHours(1));
        Assert.StartsWith("note hidden-from-address-lists", Assert.Single(clinic.Say()), StringComparison.Ordinal);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await clinic.SyncAsync(Duration.FromHours(1));
        Assert.Empty(clinic.Say());
    }

    [Fact]
    public async Task A_demo_alarms_nobody()
    {
        var clinic = await ward.AdmitAsync(Patient.Healthy);
        await clinic.SyncAsync();
        var later = clinic.Now + Duration.FromDays(100);
        Assert.Single(SetupLook.Alarms(clinic.Store, later));
        var tenant = Assert.Single(clinic.Store.Accounts.Tenants());
        clinic.Store.Accounts.Save(tenant with { Credential = TenantRecord.NoCredential });
        Assert.Empty(SetupLook.Alarms(clinic.Store, later));
    }

    // What is so in the file only: everything is as it should be, but for a mailbox that is hidden.
    static ExchangePicture HiddenDesk(Clinic clinic) => new()
    {
        TakenAt = clinic.Now,
        Mailboxes =
        [
            new()
            {
                Address = Patient.Desk, Kind = RecipientKind.Shared, IsHidden = true, SendAs = [],
                FullAccess = People(clinic), OnBehalf = People(clinic),
            },
        ],
    };

    static IReadOnlyList<Trustee> People(Clinic clinic) => [.. clinic.Team.Select(agent => new Trustee(agent, TrusteeKind.Person))];
}
