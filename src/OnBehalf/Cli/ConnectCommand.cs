using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf connect</c>: from nothing to the first figures of a tenant, a step at a time.</summary>
static class ConnectCommand
{
    /// <summary>How far back a first reading goes unless it is said.</summary>
    const int UsualMonths = 12;

    public static Command Create(Terminal terminal)
    {
        var mailboxes = new Option<string[]>("--mailbox", "-m")
        {
            Description = "Any address of a mailbox to be read; may be repeated.", AllowMultipleArgumentsPerToken = true,
        };
        var all = new Option<bool>("--all") { Description = "Read every shared mailbox that is found." };
        var months = new Option<int>("--months")
        {
            Description = "How far back the first reading goes.", DefaultValueFactory = _ => UsualMonths,
        };
        var withoutSync = new Option<bool>("--no-sync") { Description = "Stop before the first sync." };
        var (tenant, store) = (new TenantOptions(), StoreOption.Create());
        var command = new Command("connect",
            """
            Connect a Microsoft 365 tenant: registration, consent, mailboxes, a test read and the first sync. Asks for what is
            not given where a person can answer, and says exactly what to do where something is missing. Run it again as often
            as you like: what is done is not asked for again. Ends with 9 when something is left to do.

            Examples:
              onbehalf connect
              onbehalf connect --tenant ID --client ID --credential env:ONBEHALF_SECRET --all
              onbehalf connect --tenant ID --client ID --credential certificate:app.pfx --mailbox support@acme.example --no-sync
            """)
        { mailboxes, all, months, withoutSync, store };
        tenant.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(months) is < 1 or > 240)
                throw new Mistake("invalid", "--months: give a number from 1 to 240.");
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            var known = opened.Accounts.Tenants() is [var only] ? only : null;
            var wish = new ConnectWish(
                tenant.Named(parsed, known), parsed.GetValue(mailboxes) ?? [], parsed.GetValue(all), parsed.GetValue(months),
                !parsed.GetValue(withoutSync));
            return await new Connecting(opened, wish, terminal).RunAsync(cancellation);
        });
        return command;
    }
}
