using System.CommandLine;
using NodaTime;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf mailbox add|list|remove</c>: which mailboxes of a tenant are read.</summary>
static class MailboxCommand
{
    /// <summary>How far back a first reading goes unless it is said.</summary>
    const int UsualMonths = 12;

    public static Command Create(Terminal terminal) =>
        new("mailbox",
            """
            Which mailboxes of a Microsoft 365 tenant are read.

            Example:
              onbehalf mailbox add support@acme.example --tenant ID --client ID --credential env:ONBEHALF_SECRET
            """)
        { Add(terminal), List(terminal), Remove(terminal) };

    static Command Add(Terminal terminal)
    {
        var addresses = new Argument<string[]>("ADDRESS")
        {
            Description = "Any address of the mailbox.", Arity = ArgumentArity.OneOrMore,
        };
        var months = new Option<int>("--months")
        {
            Description = "How far back the first reading goes.", DefaultValueFactory = _ => UsualMonths,
        };
        var isAgent = new Option<bool>("--agent")
        {
            Description = "These are agents who agreed that their own Sent Items are read. Only what was sent in a tracked "
                + "mailbox's name is kept.",
        };
        var (tenant, store) = (new TenantOptions(), StoreOption.Create());
        var command = new Command("add",
            """
            Read a shared mailbox from now on, and its past for some months. Mail.ReadBasic.All is enough; no body is asked for.

            Examples:
              onbehalf mailbox add support@acme.example sales@acme.example --months 6
              onbehalf mailbox add anna@acme.example --agent
            """)
        { addresses, months, isAgent, store };
        tenant.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(months) is < 1 or > 240)
                throw new Mistake("invalid", "--months: give a number from 1 to 240.");
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            var from = tenant.Read(parsed, opened);
            using var connection = TenantOptions.Connect(from, terminal.Time);
            foreach (var address in parsed.GetValue(addresses)!)
            {
                var found = await FindAsync(connection, address, cancellation);
                AddTo(opened, from, found, Horizon(terminal.Time, parsed.GetValue(months)), parsed.GetValue(isAgent));
                terminal.Say($"{found.Addresses[0]} is read from the next sync on.");
            }
            return ExitCode.Done;
        });
        return command;
    }

    static Command List(Terminal terminal)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("list",
            """
            Show the mailboxes that are read, when they last were, and what stood in the way.

            Example:
              onbehalf mailbox list
            """)
        { store, format };
        command.SetAction((parsed, _) =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet("mailbox", "what", "from", "loaded", "last sync", "problem");
            foreach (var account in opened.Accounts.All())
                sheet.Add(opened.Addresses[account.Mailbox], account.IsAgent ? "agent's Sent Items" : "shared mailbox",
                    account.Horizon, account.LoadedAt, account.SyncedAt, account.Problem);
            sheet.Write(terminal, parsed.GetValue(format));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    static Command Remove(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox's primary address." };
        var store = StoreOption.Create();
        var command = new Command("remove",
            """
            Read a mailbox no longer. What was read of it stays, and so do its figures.

            Example:
              onbehalf mailbox remove support@acme.example
            """)
        { address, store };
        command.SetAction((parsed, _) =>
        {
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            var wanted = parsed.GetValue(address)!;
            if (!opened.Accounts.Remove(opened.Addresses.Find(wanted)))
                throw new Mistake("not_found", $"{wanted} is not read. onbehalf mailbox list shows what is.");
            terminal.Say($"{wanted} is read no longer. What was read of it stays.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>Notes a mailbox to be read, with all its addresses.</summary>
    public static void AddTo(MailStore store, TenantRecord tenant, Person found, Instant horizon, bool isAgent)
    {
        var primary = found.Addresses[0];
        if (!isAgent) TrackedIn(store.Settings, primary, [.. found.Addresses.Skip(1)]);
        store.Accounts.Add(new()
        {
            Mailbox = store.Addresses.Intern((ReadOnlySpan<char>)primary),
            Tenant = tenant.Id, GraphId = found.Id.ToString(), IsAgent = isAgent, Horizon = horizon,
        });
    }

    /// <summary>The mailbox of an address, primary or alias.</summary>
    /// <exception cref="Mistake">not_found: the tenant has none of this address. invalid: it is a group's or a list's.</exception>
    public static async Task<Person> FindAsync(
        TenantConnection connection, string address, CancellationToken cancellation)
    {
        var directory = new DirectorySource(connection);
        if (await directory.FindAsync(address, cancellation) is { Addresses.Count: > 0 } found) return found;
        var mayLook = (await connection.GraphRolesAsync(cancellation)).Contains(DirectorySource.GroupRole);
        throw (mayLook ? await directory.FindGroupAsync(address, cancellation) : null) switch
        {
            RecipientKind.Group => new("invalid", $"{address} is a Microsoft 365 group: its conversations lie in no mailbox that "
                + $"can be read by message. {NewMailbox} make it a member of the group, and name the mailbox."),
            RecipientKind.List => new("invalid", $"{address} is a distribution list or security group: it has no mailbox. "
                + $"{NewMailbox} make it a member of the list, answer from it, and name the mailbox."),
            _ => new Mistake("not_found", $"Nobody in the tenant {connection.Tenant} has the address {address}."),
        };
    }

    const string NewMailbox = "Make a shared mailbox (New-Mailbox -Shared -Name 'NAME' -PrimarySmtpAddress 'NEW ADDRESS'),";

    /// <summary>The day some months ago.</summary>
    public static Instant Horizon(TimeProvider time, int months) =>
        Instant.FromDateTimeOffset(time.GetUtcNow()).InUtc().Date.PlusMonths(-months).AtMidnight().InUtc().ToInstant();

    static void TrackedIn(SettingsStore store, string primary, IReadOnlyList<string> aliases)
    {
        var (settings, version) = store.Load();
        var before = settings.MailboxOf(primary);
        var after = before with
        {
            Aliases = [.. before.Aliases.Union(aliases.Where(alias => alias.Contains('@')), StringComparer.OrdinalIgnoreCase)],
        };
        store.Save(settings with
        {
            Mailboxes = [.. settings.Mailboxes.Where(mailbox => mailbox.Address != before.Address), after],
        }, version);
    }
}
