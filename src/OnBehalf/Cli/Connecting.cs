using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Cli;

/// <summary>What was asked for on the command line of <c>connect</c>; empty texts are still to be asked for.</summary>
/// <param name="Tenant">The tenant, as far as it is known.</param>
/// <param name="Mailboxes">Addresses that were typed.</param>
/// <param name="TakesAll">Whether every shared mailbox is read that is found.</param>
/// <param name="Months">How far back the first reading goes.</param>
/// <param name="Syncs">Whether it ends with the first sync.</param>
sealed record ConnectWish(TenantRecord Tenant, IReadOnlyList<string> Mailboxes, bool TakesAll, int Months, bool Syncs);

/// <summary>
/// The steps of <c>connect</c>, each of which can be done before: what is done is kept in the store at once, so that whoever
/// comes back goes on where something was missing.
/// </summary>
sealed class Connecting(MailStore store, ConnectWish wish, Terminal terminal)
{
    /// <summary>Sign-ins that are tried before it is left to another day.</summary>
    const int Attempts = 5;

    readonly ConnectQuestions? _questions = terminal.Questions is { } console ? new(console) : null;

    /// <summary>Walks through the steps.</summary>
    /// <exception cref="Mistake">Whatever cannot be gone on without, with its remedy.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Step(1, "Registration");
        var tenant = await SignInAsync(cancellation);
        Step(2, "Consent");
        if (!await ConsentAsync(tenant, cancellation)) return Unfinished();
        using var connection = TenantOptions.Connect(tenant, terminal.Time);
        Step(3, "Mailboxes");
        if (await ChooseAsync(connection, cancellation) is not { Count: > 0 } people) return Unfinished();
        Step(4, "Test read");
        var (added, isWhole) = await TryAsync(tenant, connection, people, cancellation);
        if (added == 0) return Unfinished();
        if (wish.Syncs)
        {
            Step(5, "First sync");
            var outcome = await SyncCommand.RunAsync(store, connection, tenant, terminal.Time, terminal, cancellation);
            isWhole &= outcome.Troubles.Count == 0;
        }
        terminal.Say(ConnectTexts.Next(wish.Syncs));
        return isWhole ? ExitCode.Done : Unfinished();
    }

    async Task<TenantRecord> SignInAsync(CancellationToken cancellation)
    {
        var wanted = wish.Tenant;
        if (!IsWhole(wanted))
        {
            terminal.Say(ConnectTexts.Registration);
            if (_questions is null)
                throw new Mistake("invalid", "Give --tenant, --client and --credential, and run the same command again.");
            wanted = _questions.AskTenant(wanted);
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var connection = TenantOptions.Connect(wanted, terminal.Time);
                await connection.GraphRolesAsync(cancellation);
                store.Accounts.Save(wanted);
                terminal.Say($"Signed in to {wanted.Id} as {wanted.Client}.");
                return wanted;
            }
            catch (Mistake refused) when (_questions is not null && attempt < Attempts)
            {
                terminal.Say(refused.Message);
                wanted = _questions.AskTenant(wanted);
            }
        }
    }

    static bool IsWhole(TenantRecord tenant) => tenant is { Id.Length: > 0, Client.Length: > 0, Credential.Length: > 0 };

    /// <summary>Says what is granted; whether all is there that nothing works without.</summary>
    async Task<bool> ConsentAsync(TenantRecord tenant, CancellationToken cancellation)
    {
        while (true)
        {
            // A new connection each time: what was granted meanwhile is in new tokens only.
            using var connection = TenantOptions.Connect(tenant, terminal.Time);
            var app = await SetupLook.AppAsync(connection, tenant, cancellation);
            foreach (var permission in AppPermission.All)
                terminal.Say($"  {(app.Roles.Contains(permission.Role) ? "granted" : permission.IsNeeded ? "MISSING" : "  –    ")}  "
                    + $"{permission.Role}: {permission.Gives}");
            var findings = SetupCheck.Find(Setup(app, connection.ClockAhead, [], new Dictionary<string, Reach>()));
            Tell(findings);
            if (findings.All(finding => finding.Fault != SetupFault.PermissionMissing)) return true;
            if (_questions?.Confirm("Granted now? Look again") != true) return false;
        }
    }

    async Task<IReadOnlyList<Person>> ChooseAsync(TenantConnection connection, CancellationToken cancellation)
    {
        var known = store.Accounts.All().Where(account => !account.IsAgent)
            .Select(account => store.Addresses[account.Mailbox]).ToList();
        if (known.Count > 0) terminal.Say($"Read already: {string.Join(", ", known)}.");
        var addresses = wish.Mailboxes;
        if (addresses.Count == 0 && (known.Count == 0 || wish.TakesAll))
        {
            var found = await FindAsync(connection, cancellation);
            if (_questions is not null && !wish.TakesAll) addresses = _questions.AskMailboxes(found);
            else if (wish.TakesAll) addresses = found;
            else if (found.Count > 0)
            {
                terminal.Say($"Found: {string.Join(", ", found)}.\nName those to be read with --mailbox, or take --all.");
                return [];
            }
            if (addresses.Count == 0) throw new Mistake("not_found", ConnectTexts.NoMailbox);
        }
        var people = new List<Person>();
        foreach (var address in addresses.Concat(known).Distinct(StringComparer.OrdinalIgnoreCase))
            people.Add(await MailboxCommand.FindAsync(connection, address, cancellation));
        return [.. people.DistinctBy(person => person.Id)];
    }

    /// <summary>Shared mailboxes, by Exchange where it may be asked, else by what each mailbox says it is for.</summary>
    async Task<IReadOnlyList<string>> FindAsync(TenantConnection connection, CancellationToken cancellation)
    {
        if ((await connection.ExchangeRolesAsync(cancellation)).Contains(Sources.Exchange.ExchangeAdmin.Role))
            try
            {
                return await new Sources.Exchange.ExchangeAdmin(connection).ReadSharedAsync(cancellation);
            }
            catch (Mistake refused)
            {
                terminal.Say(refused.Message); // Granted, and without its role: the other way may still do.
            }
        if (!(await connection.GraphRolesAsync(cancellation)).Contains("MailboxSettings.Read")) return [];
        var directory = new DirectorySource(connection);
        var people = (await directory.ReadAsync(cancellation)).Where(person => person.Addresses.Count > 0).ToList();
        return await terminal.WithCountAsync("Looking for shared mailboxes", async report =>
        {
            var found = new List<string>();
            foreach (var person in people)
            {
                if (await directory.ReadPurposeAsync(person.Id, cancellation) == RecipientKind.Shared) found.Add(person.Addresses[0]);
                report(people.IndexOf(person) + 1, people.Count);
            }
            return found;
        });
    }

    /// <summary>Tries each, and adds those that can be read.</summary>
    async Task<(int Added, bool IsWhole)> TryAsync(
        TenantRecord tenant, TenantConnection connection, IReadOnlyList<Person> people, CancellationToken cancellation)
    {
        var reach = new Dictionary<string, Reach>(StringComparer.Ordinal);
        var probe = new MailboxProbe(connection);
        foreach (var person in people)
        {
            var reached = reach[person.Addresses[0]] = await probe.ReadAsync(person.Id.ToString(), cancellation);
            if (reached != Reach.Readable) continue;
            MailboxCommand.AddTo(store, tenant, person, MailboxCommand.Horizon(terminal.Time, wish.Months), isAgent: false);
            terminal.Say($"  {person.Addresses[0]} can be read, and is from now on.");
        }
        var app = await SetupLook.AppAsync(connection, tenant, cancellation);
        Tell([.. SetupCheck.Find(Setup(app, null, [.. reach.Keys.Select(address => new MailboxSetup { Address = address })], reach))
            .Where(finding => finding.Severity == Severity.Error)]);
        var added = reach.Values.Count(reached => reached == Reach.Readable);
        return (added, added == people.Count);
    }

    TenantSetup Setup(
        AppSetup app, Duration? clockAhead, IReadOnlyList<MailboxSetup> mailboxes, IReadOnlyDictionary<string, Reach> reach)
    {
        var now = terminal.Time.GetCurrentInstant();
        return new()
        {
            SeenAt = now, App = app, ClockAhead = clockAhead, Reach = reach,
            Exchange = new() { TakenAt = now, Mailboxes = mailboxes },
        };
    }

    void Tell(IReadOnlyList<SetupFinding> findings)
    {
        foreach (var finding in findings)
            terminal.Say($"{finding.Severity} {finding.Where}: {finding.Evidence}\n    {string.Join("\n    ", finding.Remedy)}");
    }

    void Step(int number, string name) => terminal.Say($"{number}. {name}");

    int Unfinished()
    {
        terminal.Say("Something is left to do, as said above. Then run onbehalf connect again: it goes on from here.");
        return ExitCode.SomethingToDo;
    }
}
