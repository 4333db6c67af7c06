using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Tests.Store;

public sealed class RuleBookTests
{
    readonly Addresses _addresses = new();

    static readonly Settings Plain = new()
    {
        Mailboxes = [new() { Address = "Support@Acme.example", Aliases = ["help@acme.example"] }],
    };

    [Theory]
    [InlineData("support@acme.example", Role.Own | Role.Internal)]
    [InlineData("SUPPORT+eu@acme.example", Role.Own | Role.Internal)]
    [InlineData("help@acme.example", Role.Own | Role.Internal)]
    [InlineData("sales@acme.example", Role.Internal)]
    [InlineData("anna@acme.example", Role.Agent | Role.Internal)]
    [InlineData("anna@private.example", Role.Agent)]
    [InlineData("ben@sernet.example", Role.Agent | Role.Internal)]
    [InlineData("ben@not-sernet.example.org", Role.None)]
    [InlineData("list-bounces@sernet.example", Role.Service | Role.Internal)]
    [InlineData("noreply@sernet.example", Role.Service | Role.Internal)]
    [InlineData("patch-bot+4711@sernet.example", Role.Service | Role.Internal)]
    [InlineData("talbot@sernet.example", Role.Agent | Role.Internal)]
    [InlineData("robot@sernet.example", Role.Agent | Role.Internal)]
    [InlineData("S-1-5-18", Role.Service)]
    [InlineData("NT AUTHORITY\\SYSTEM (w3wp)", Role.Service)]
    [InlineData("bot@desk.example", Role.Agent)]
    [InlineData("boss@customer.example", Role.Excluded)]
    [InlineData("anybody@spam.example", Role.Excluded)]
    [InlineData("customer@elsewhere.example", Role.None)]
    [InlineData("support@elsewhere.example", Role.None)]
    public void Everybody_has_a_role(string address, Role expected)
    {
        var id = _addresses.Intern(address);
        var support = _addresses.Intern("support@acme.example");
        var settings = Plain with
        {
            Mailboxes = [.. Plain.Mailboxes, new() { Address = "sales@acme.example" }],
            Agents =
            [
                new() { Addresses = ["Anna@acme.example", "anna@private.example"] },
                new() { Addresses = ["bot@desk.example"] },
            ],
            AgentPatterns = ["@(SERNET|acme)\\.example$"],
            InternalDomains = ["Sernet.example"],
            Exclusions = new() { Addresses = ["Boss@customer.example"], Domains = ["spam.example"] },
        };
        Assert.Equal(expected, Rules(settings, support).Roles[id]);
    }

    // Readers share the addresses: one may learn more while another makes rules.
    [Fact]
    public void Addresses_met_while_rules_are_made_have_their_role_the_next_time()
    {
        var support = _addresses.Intern("support@acme.example");
        var anna = _addresses.Intern("anna@acme.example");
        var listed = new Meeting(_addresses, "anna@acme.example");
        var book = new RuleBook(Plain with { Agents = [new() { Addresses = listed }] }, _addresses, hasAudit: false);
        listed.Meets = "support+late@acme.example";
        var own = book.OwnAddresses(support);
        using var through = own.GetEnumerator();
        Assert.True(through.MoveNext());

        var late = _addresses.Find("support+late@acme.example");
        Assert.False(late.IsNone);
        Assert.Equal(Role.Own | Role.Internal, book.RulesFor(support).Roles[late]);
        Assert.Equal(Role.Agent | Role.Internal, book.RulesFor(support).Roles[anna]);
        Assert.False(through.MoveNext());
        Assert.Equal([support, late], book.OwnAddresses(support));
    }

    /// <summary>One address of an agent; whoever looks at it meets another.</summary>
    sealed class Meeting(Addresses addresses, string only) : IReadOnlyList<string>
    {
        public string? Meets { get; set; }

        public int Count => 1;

        public string this[int index] => only;

        public IEnumerator<string> GetEnumerator()
        {
            if (Meets is { } met) addresses.Intern(met);
            yield return only;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void An_agent_is_one_person_under_all_addresses()
    {
        var (second, first) = (_addresses.Intern("a.novak@acme.example"), _addresses.Intern("anna@acme.example"));
        var ben = _addresses.Intern("ben@acme.example");
        var support = _addresses.Intern("support@acme.example");
        var settings = Plain with
        {
            Agents =
            [
                new()
                {
                    Name = "Anna",
                    Addresses = ["anna@acme.example", "never.met@acme.example", "a.novak@acme.example"],
                },
            ],
            AgentPatterns = ["@acme"],
        };
        var roles = Rules(settings, support).Roles;
        Assert.Equal((first, first, ben, AddressId.None),
            (roles.AgentOf(first), roles.AgentOf(second), roles.AgentOf(ben), roles.AgentOf(support)));
        Assert.Equal("Anna", new RuleBook(settings, _addresses, false).NameOf(second));
        Assert.Equal("ben@acme.example", new RuleBook(settings, _addresses, false).NameOf(ben));
    }

    [Fact]
    public void A_mailbox_that_the_settings_do_not_name_has_its_own_address_and_defaults()
    {
        var other = _addresses.Intern("other@acme.example");
        var tagged = _addresses.Intern("other+x@acme.example");
        var rules = Rules(Plain with { AgentPatterns = ["@acme"] }, other);
        Assert.Equal(Role.Own | Role.Internal, rules.Roles[tagged]);
        Assert.Equal((AddressId.None, AddressId.None), (rules.Roles.AgentOf(other), rules.Roles.AgentOf(tagged)));
        Assert.Equal(5, rules.SilenceDays);
    }

    [Fact]
    public void One_mailbox_s_own_addresses_are_not_another_s()
    {
        var (support, sales) = (_addresses.Intern("support@acme.example"), _addresses.Intern("sales@acme.example"));
        var settings = Plain with { Mailboxes = [.. Plain.Mailboxes, new() { Address = "sales@acme.example" }] };
        var book = new RuleBook(settings, _addresses, false);
        Assert.Equal(Role.Internal, book.RulesFor(sales).Roles[support]);
        Assert.Equal(Role.Internal, book.RulesFor(support).Roles[sales]);
        Assert.Equal(Role.Own | Role.Internal, book.RulesFor(support).Roles[support]);
    }

    [Fact]
    public void Addresses_met_later_are_judged_too()
    {
        var support = _addresses.Intern("support@acme.example");
        var book = new RuleBook(Plain with { AgentPatterns = ["^anna@"] }, _addresses, false);
        Assert.Equal([support], book.OwnAddresses(support));
        var (alias, anna) = (_addresses.Intern("help+now@acme.example"), _addresses.Intern("anna@acme.example"));
        Assert.Equal([support, alias], book.OwnAddresses(support));
        Assert.Equal(Role.Agent | Role.Internal, book.RulesFor(support).Roles[anna]);
    }

    // metrics.md, section 5: mailbox custom over company; ignored = calendar; nothing defined = calendar.
    [Theory]
    [InlineData(HoursOf.Custom, true, "UTC")]
    [InlineData(HoursOf.Custom, false, "UTC")]
    [InlineData(HoursOf.Ignored, true, "")]
    [InlineData(HoursOf.Ignored, false, "")]
    [InlineData(HoursOf.Company, true, "Europe/Prague")]
    [InlineData(HoursOf.Company, false, "")]
    public void Hours_have_their_precedence(HoursOf hours, bool hasCompanyHours, string expected)
    {
        var support = _addresses.Intern("support@acme.example");
        var settings = Plain with
        {
            Mailboxes =
                [Plain.Mailboxes[0] with { Hours = hours, Schedule = [new() { Zone = "UTC", Week = "always" }] }],
            CompanySchedule = hasCompanyHours ? [new() { Zone = "Europe/Prague", Week = "Mon-Fri 09:00-17:00" }] : [],
        };
        Assert.Equal(expected, string.Join(',', Rules(settings, support).Hours.Select(schedule => schedule.Zone.Id)));
    }

    [Fact]
    public void Everything_of_a_full_file_reaches_the_engine()
    {
        var (support, anna) = (_addresses.Intern("support@acme.example"), _addresses.Intern("anna@acme.example"));
        var settings = SettingsText.Parse(SettingsTests.Full);
        settings = settings with
        {
            Agents =
            [
                settings.Agents[0] with
                {
                    Schedule =
                    [
                        new() { Zone = "UTC", Week = "always", ValidFrom = "2026-02-01" },
                        new() { Zone = "UTC", Week = "never" },
                    ],
                },
            ],
            SlaPolicies =
            [
                new() { Name = "Other", NextMinutes = 5, Mailboxes = ["sales@acme.example"] },
                .. settings.SlaPolicies,
            ],
        };
        var rules = Rules(settings, support);
        Assert.Equal(support, rules.Mailbox);
        Assert.Null(rules.SilenceDays);
        Assert.Equal(ClockStart.Last, rules.ClockStart);
        Assert.True(rules.AuditConnected);
        Assert.Equal(UnattributedReason.CrossGeo, rules.AuditBlindness);
        Assert.Equal(["Done"], rules.ClosingCategories);
        Assert.Equal(["Inbox/Done"], rules.ClosingFolders);
        Assert.False(rules.FlagCloses);
        Assert.Equal(NoReplyRules.CarbonCopyOnly, rules.NoReplyNeeded);
        Assert.Equal(["newsletter"], rules.ExcludedSubjects);
        Assert.Equal([new SlaPolicy(2, "Gold", 3600, null, "gold.example", null, Importance.High, NamesMailbox: true)], rules.Policies);
        Assert.Equal([null, new LocalDate(2026, 2, 1)], rules.AgentHours[anna].Select(schedule => schedule.ValidFrom));
        Assert.Equal(new LocalDate(2026, 12, 25), rules.Hours.Single().Holidays.Single().Date);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    public void Audit_is_connected_when_records_came_unless_the_mailbox_says(bool? said, bool came, bool expected)
    {
        var support = _addresses.Intern("support@acme.example");
        var settings = Plain with { Mailboxes = [Plain.Mailboxes[0] with { AuditConnected = said }] };
        Assert.Equal(expected, new RuleBook(settings, _addresses, came).RulesFor(support).AuditConnected);
    }

    MailboxRules Rules(Settings settings, AddressId mailbox) =>
        new RuleBook(settings, _addresses, false).RulesFor(mailbox);
}
