using NodaTime;
using OnBehalf.Engine.Setups;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Setups;

/// <summary>
/// What is found in a tenant, word for word: what it is, and what an administrator types. The texts are in <c>Findings.txt</c>; with
/// STORIES_UPDATE=1 it is written anew: read the difference before you commit it.
/// </summary>
public sealed class SetupTextTests
{
    static readonly string Texts =
        Path.Combine(RealData.Repository, "test", "OnBehalf.Tests", "Engine", "Setups", "Findings.txt");

    static readonly Dictionary<string, Func<TenantSetup>> Tenants = new()
    {
        ["nobody holds a right"] = () => SomeSetup.With(mailbox => mailbox with { FullAccess = [], OnBehalf = [] }),
        ["groups and unknown names hold rights"] = () => SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = [new("team@acme.example", TrusteeKind.Group), .. mailbox.FullAccess!],
            OnBehalf = [new("Maria", TrusteeKind.Unknown), .. mailbox.OnBehalf!],
        }),
        ["a file of rights, no application"] = () => SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = [new("team@acme.example", TrusteeKind.Group), new("Maria", TrusteeKind.Unknown), .. mailbox.FullAccess!],
        }) with { App = null },
        ["deleted accounts hold rights"] = () => SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = [new("S-1-5-21-9", TrusteeKind.Deleted), .. mailbox.FullAccess!],
            SendAs = [new("S-1-5-21-8", TrusteeKind.Deleted)],
        }),
        ["two of each hold rights"] = () => SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = [.. mailbox.FullAccess!, .. Two("team", TrusteeKind.Group), .. Two("S-1-5-21-", TrusteeKind.Deleted)],
            OnBehalf = [.. mailbox.OnBehalf!, .. Two("Maria ", TrusteeKind.Unknown)],
        }),
        ["one send has no copy, and three agents send as the mailbox"] = () => SomeSetup.With(mailbox => mailbox with
        {
            SendAs = [.. Many.Take(3)], FullAccess = [.. mailbox.FullAccess!, .. Many.Take(3)], CopiesSentAs = null,
        }) with { HasAuditSource = false, Use = Used(new() { OnBehalf = 9, AuditedSends = 10, WithoutCopy = 1 }) },
        ["auditing is off everywhere"] = () => Everywhere(BenSendsAs(mailbox => mailbox with { IsAudited = false, AuditedActions = [] })),
        ["a mailbox's audit is off, and nobody sends as it"] = () => SomeSetup.With(mailbox => mailbox with { IsAudited = false }),
        ["no audit source"] = () => BenSendsAs() with { HasAuditSource = false },
        ["in another region"] = () => SomeSetup.WithBen(BenSendsAs(), new() { Region = "NAM", IsAuditBypassed = true }),
        ["a licence may be missing"] = () => BenSendsAs() with { Use = Used(new() { OnBehalf = 15, Unnamed = 5 }) },
        ["both copies are off"] = () => BenSendsAs(mailbox => mailbox with { CopiesSentAs = false, CopiesOnBehalf = false }) with
        {
            Use = Used(new() { OnBehalf = 30, AuditedSends = 40, WithoutCopy = 10 }),
        },
        ["copies are missing, and nobody knows the switches"] = () => SomeSetup.With(mailbox => mailbox with { CopiesSentAs = null })
            with { Use = Used(new() { OnBehalf = 94, AuditedSends = 100, WithoutCopy = 6 }) },
        ["the application lacks a permission"] = () => SomeSetup.With("MailboxSettings.Read"),
        ["the application reads nothing"] = () => SomeSetup.Clean with { Reach = Reached(Reach.Refused) },
        ["the application may do more than read mail"] = () =>
            SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Mail.ReadBasic.All", "mail.readwrite", "Files.Read.All"),
        ["the application may do something else"] = () =>
            SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Files.Read.All", "Calendars.Read"),
        ["the application reads every mailbox"] = () => SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Mail.ReadBasic.All"),
        ["a certificate ends"] = () => SomeSetup.Clean with
        {
            App = SomeSetup.Clean.App! with { HasCertificate = true, CredentialExpiresAt = SomeSetup.Now + Duration.FromDays(30) },
        },
        ["the clock is wrong"] = () => SomeSetup.Clean with { ClockAhead = Duration.FromSeconds(-300) },
        ["a group"] = () => SomeSetup.With(mailbox => mailbox with { Kind = RecipientKind.Group }),
        ["a list"] = () => SomeSetup.With(mailbox => mailbox with { Kind = RecipientKind.List }),
        ["a room"] = () => SomeSetup.With(mailbox => mailbox with { Kind = RecipientKind.Resource, IsHidden = true }),
        ["one mailbox is refused"] = () =>
            SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Mail.Read") with { Reach = Reached(Reach.Refused) },
        ["one mailbox is not there"] = () => SomeSetup.Clean with { Reach = Reached(Reach.Missing) },
        ["most authors are unknown"] = () =>
            SomeSetup.Clean with { Use = Used(new() { OnBehalf = 60, As = 20, OwnName = 5, Otherwise = 3, Unknown = 12 }) },
        ["nobody looked"] = () => SomeSetup.Clean with
        {
            Exchange = SomeSetup.Clean.Exchange with { Mailboxes = [new() { Address = SomeSetup.Desk, Kind = RecipientKind.Shared }] },
        },
        ["agents open and cannot send, or send and cannot open"] = () => SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = SomeSetup.People("cleo@acme.example", SomeSetup.Anna), OnBehalf = SomeSetup.People(SomeSetup.Ben, SomeSetup.Anna),
        }),
        ["twenty-two agents hold both rights"] = () =>
            SomeSetup.With(mailbox => mailbox with { SendAs = Many, OnBehalf = Many, FullAccess = Many }),
        ["five agents cannot send"] = () =>
            SomeSetup.With(mailbox => mailbox with { FullAccess = [.. mailbox.FullAccess!, .. Many.Take(5)] }),
        ["twenty agents cannot open"] = () => SomeSetup.With(mailbox => mailbox with
        {
            SendAs = [.. Many.Take(20).Reverse()], OnBehalf = SomeSetup.People(SomeSetup.Anna),
            FullAccess = SomeSetup.People(SomeSetup.Anna),
        }),
        ["auditing is off, and most authors are unknown for it"] = () => BenSendsAs() with
        {
            Exchange = BenSendsAs().Exchange with { IsUnifiedAuditOn = false },
            Use = new Dictionary<string, SendingUse>
            {
                [SomeSetup.Desk] = new() { OnBehalf = 10, Unnamed = 30 }, ["other@acme.example"] = new() { Unnamed = 10, Unknown = 50 },
            },
        },
        ["an exempt agent sends as the mailbox"] = () => SomeSetup.WithBen(BenSendsAs(), new() { IsAuditBypassed = true }) with
        {
            Use = Used(new() { OnBehalf = 95, As = 1, Unnamed = 4, AuditedSends = 96 }),
        },
        ["an exempt agent does not send as the mailbox"] = () =>
            SomeSetup.WithBen(SomeSetup.Clean, new() { IsAuditBypassed = true }) with { Use = Used(new() { OnBehalf = 95, Unnamed = 4 }) },
        ["the application may do everything"] = () => SomeSetup.With("User.Read.All", "MailboxSettings.Read", "full_access_as_app"),
        ["no audit source, and no application"] = () => BenSendsAs() with { HasAuditSource = false, App = null },
        ["no application, and a mailbox is refused"] = () => SomeSetup.Clean with { App = null, Reach = Reached(Reach.Refused) },
    };

    [Fact]
    public void What_is_found_is_said_word_for_word()
    {
        var said = string.Join('\n', Tenants.Select(tenant => $"{tenant.Key}\n{Said(tenant.Value())}"));
        if (Environment.GetEnvironmentVariable("STORIES_UPDATE") == "1") File.WriteAllText(Texts, said);
        else Assert.Equal(File.ReadAllText(Texts), said);
    }

    [Fact]
    public void Every_fault_of_the_setup_is_among_them()
    {
        var found = Tenants.Values.SelectMany(tenant => SetupCheck.Find(tenant())).Select(finding => finding.Fault).ToHashSet();

        Assert.Equal([SetupFault.AuditSilent, SetupFault.AuditGap], Enum.GetValues<SetupFault>().Where(fault => !found.Contains(fault)));
    }

    static Trustee[] Two(string name, TrusteeKind kind) => [new($"{name}1", kind), new($"{name}2", kind)];

    static string Said(TenantSetup tenant) => string.Concat(SetupCheck.Find(tenant).Select(finding => FormattableString.Invariant(
            $"  {finding.Severity} {finding.Fault.Text()} {finding.Where}{finding.Gain: (gain 0.00)}: {finding.Evidence}\n")
        + string.Concat(finding.Remedy.Select(step => $"      {step}\n"))));

    static TenantSetup BenSendsAs(Func<MailboxSetup, MailboxSetup>? change = null)
    {
        var sendsAs = SomeSetup.Mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben), OnBehalf = SomeSetup.People(SomeSetup.Anna) };
        return SomeSetup.With(_ => change?.Invoke(sendsAs) ?? sendsAs);
    }

    static IReadOnlyList<Trustee> Many => SomeSetup.People([.. Enumerable.Range(1, 22).Select(n => $"agent{n:00}@acme.example")]);

    static Dictionary<string, SendingUse> Used(SendingUse use) => new() { [SomeSetup.Desk] = use };

    static Dictionary<string, Reach> Reached(Reach reach) => new() { [SomeSetup.Desk] = reach };

    static TenantSetup Everywhere(TenantSetup tenant) =>
        tenant with { Exchange = tenant.Exchange with { IsUnifiedAuditOn = false, IsMailboxAuditDisabled = true } };
}
