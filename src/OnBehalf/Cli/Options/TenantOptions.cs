using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Cli.Options;

/// <summary>The options that say which tenant, and how to sign in to it; needed once, then known to the store.</summary>
sealed class TenantOptions
{
    readonly Option<string?> _tenant = new("--tenant") { Description = "The tenant's id (Entra, Overview)." };
    readonly Option<string?> _client = new("--client") { Description = "The application's id (Entra, App registrations)." };
    readonly Option<string?> _credential = new("--credential")
    {
        Description = "Where the secret is: env:NAME, file:PATH, or certificate:PATH (.pfx, .pem). Never the secret itself.",
    };

    readonly Option<string> _cloud = new("--cloud")
    {
        Description = "global, gcc, gcc-high, dod, china; or the address of a simulator on this machine.",
        DefaultValueFactory = _ => NationalCloud.Global.Name,
    };

    readonly Option<string?> _secretEnds = new("--secret-ends")
    {
        Description = "The day the secret ends, as 2027-03-01: doctor says so in time. Of a certificate it is known.",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _tenant, _client, _credential, _cloud, _secretEnds }) command.Options.Add(option);
    }

    /// <summary>What was named, filled up with what is known already; what is neither stays empty.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="known">The tenant that the store knows; null: none.</param>
    /// <exception cref="Mistake">invalid: no such cloud, or no day.</exception>
    public TenantRecord Named(ParseResult parsed, TenantRecord? known)
    {
        var cloud = parsed.GetResult(_cloud) is { Implicit: false } || known is null ? parsed.GetValue(_cloud)! : known.Cloud;
        return new(
            parsed.GetValue(_tenant) ?? known?.Id ?? "", NationalCloud.Parse(cloud).Name,
            parsed.GetValue(_client) ?? known?.Client ?? "", parsed.GetValue(_credential) ?? known?.Credential ?? "")
        {
            SecretEndsAt = SecretEnds(parsed) ?? known?.SecretEndsAt,
        };
    }

    /// <summary>The tenant that was named, which is saved; else the only one that the store knows.</summary>
    public TenantRecord Read(ParseResult parsed, MailStore store)
    {
        var (tenant, client, credential) = (parsed.GetValue(_tenant), parsed.GetValue(_client), parsed.GetValue(_credential));
        if (tenant is null && client is null && credential is null)
            return store.Accounts.Tenants() is [var only] ? only
                : throw new Mistake("invalid", "Which tenant? Give --tenant, --client and --credential, as in\n"
                    + "  onbehalf mailbox add support@acme.example --tenant ID --client ID --credential env:ONBEHALF_SECRET\n"
                    + "or let onbehalf connect ask.");
        if (tenant is null || client is null || credential is null)
            throw new Mistake("invalid", "--tenant, --client and --credential belong together.");
        var named = Named(parsed, null);
        store.Accounts.Save(named);
        return named;
    }

    Instant? SecretEnds(ParseResult parsed) => parsed.GetValue(_secretEnds) is not { } text ? null : Day(text);

    /// <summary>A day as its first instant in UTC.</summary>
    /// <exception cref="Mistake">invalid: no day as 2027-03-01.</exception>
    public static Instant Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } day
        ? day.Value.AtMidnight().InUtc().ToInstant()
        : throw new Mistake("invalid", $"{text} is no day as 2027-03-01.");

    /// <summary>A connection to a tenant that the store knows.</summary>
    public static TenantConnection Connect(TenantRecord tenant, TimeProvider time) => new(
        NationalCloud.Parse(tenant.Cloud), tenant.Id, tenant.Client, AppCredential.Load(tenant.Credential), time);
}
