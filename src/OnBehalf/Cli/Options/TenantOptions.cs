using System.CommandLine;
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

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _tenant, _client, _credential, _cloud }) command.Options.Add(option);
    }

    /// <summary>The tenant that was named, which is saved; else the only one that the store knows.</summary>
    public TenantRecord Read(ParseResult parsed, MailStore store)
    {
        var (tenant, client, credential) = (parsed.GetValue(_tenant), parsed.GetValue(_client), parsed.GetValue(_credential));
        if (tenant is null && client is null && credential is null)
            return store.Accounts.Tenants() is [var only] ? only
                : throw new Mistake("invalid", "Which tenant? Give --tenant, --client and --credential, as in\n"
                    + "  onbehalf mailbox add support@acme.example --tenant ID --client ID --credential env:ONBEHALF_SECRET");
        if (tenant is null || client is null || credential is null)
            throw new Mistake("invalid", "--tenant, --client and --credential belong together.");
        var named = new TenantRecord(tenant, NationalCloud.Parse(parsed.GetValue(_cloud)!).Name, client, credential);
        store.Accounts.Save(named);
        return named;
    }

    /// <summary>A connection to a tenant that the store knows.</summary>
    public static TenantConnection Connect(TenantRecord tenant, TimeProvider time) => new(
        NationalCloud.Parse(tenant.Cloud), tenant.Id, tenant.Client, AppCredential.Load(tenant.Credential), time);
}
