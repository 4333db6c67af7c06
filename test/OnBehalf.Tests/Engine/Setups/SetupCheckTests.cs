using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Tests.Engine.Setups;

/// <summary>
/// Each fault is planted in a clean tenant: alone it is found, with the command that mends it, and nothing else is.
/// </summary>
public class SetupCheckTests
{
    [Fact]
    public void A_clean_tenant_has_no_findings() => Assert.Empty(SetupCheck.Find(SomeSetup.Clean));

    [Fact]
    public void What_nobody_looked_at_is_no_finding() => Assert.Empty(SetupCheck.Find(new()
    {
        SeenAt = SomeSetup.Now,
        Exchange = new() { TakenAt = SomeSetup.Now, Mailboxes = [new() { Address = SomeSetup.Desk }] },
    }));

    [Fact]
    public void Both_rights_are_a_warning_while_audit_names_the_agent_and_an_error_when_nothing_does()
    {
        var both = SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben) });

        Assert.Equal(
            "warning both-rights support@acme.example: ben@acme.example: Send As and Send on Behalf. Exchange uses Send As, "
                + "so the message does not name the agent. | Remove-RecipientPermission 'support@acme.example' "
                + "-Trustee 'ben@acme.example' -AccessRights SendAs -Confirm:$false",
            Only(both));
        Assert.StartsWith("error both-rights", Text(SetupCheck.Find(both with { HasAuditSource = false })[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Send_As_alone_is_a_note_while_audit_names_the_agent_and_an_error_when_nothing_does()
    {
        var sendAs = SomeSetup.With(mailbox => mailbox with
        {
            SendAs = SomeSetup.People(SomeSetup.Ben), OnBehalf = SomeSetup.People(SomeSetup.Anna),
        });

        Assert.Equal(
            "note send-as-only support@acme.example: ben@acme.example: Send As only. The message does not name the agent; "
                + "only the audit log does. | Set-Mailbox 'support@acme.example' -GrantSendOnBehalfTo @{Add='ben@acme.example'} "
                + "| Remove-RecipientPermission 'support@acme.example' -Trustee 'ben@acme.example' -AccessRights SendAs -Confirm:$false",
            Only(sendAs));
        Assert.Equal([SetupFault.SendAsOnly, SetupFault.NoAuditSource], Errors(sendAs with { HasAuditSource = false }));
    }

    [Fact]
    public void Members_of_a_group_hold_what_the_group_holds()
    {
        var group = new Trustee("team@acme.example", TrusteeKind.Group, [SomeSetup.Ben]);

        Assert.StartsWith("warning both-rights support@acme.example: ben@acme.example:",
            Only(SomeSetup.With(mailbox => mailbox with { SendAs = [group] })), StringComparison.Ordinal);
        var unknown = SetupCheck.Find(SomeSetup.With(mailbox => mailbox with
        { FullAccess = [group with { Members = null }, .. mailbox.FullAccess!] }));
        Assert.Equal([(SetupFault.GroupHoldsRight, Severity.Warning)], unknown.Select(finding => (finding.Fault, finding.Severity)));
    }

    [Fact]
    public void Agents_without_a_right_to_send_or_to_open_are_named()
    {
        Assert.Equal(
            "warning no-send-right support@acme.example: ben@acme.example: Full Access without Send As or Send on Behalf. Replies "
                + "fail, or leave under the agent's own name. | Set-Mailbox 'support@acme.example' "
                + "-GrantSendOnBehalfTo @{Add='ben@acme.example'}",
            Only(SomeSetup.With(mailbox => mailbox with { OnBehalf = SomeSetup.People(SomeSetup.Anna) })));
        Assert.Equal(
            "note no-full-access support@acme.example: ben@acme.example: may send for the mailbox, without Full Access to open it. "
                + "| Add-MailboxPermission 'support@acme.example' -User 'ben@acme.example' -AccessRights FullAccess -InheritanceType All",
            Only(SomeSetup.With(mailbox => mailbox with { FullAccess = SomeSetup.People(SomeSetup.Anna) })));
        Assert.StartsWith("warning nobody-has-rights",
            Only(SomeSetup.With(mailbox => mailbox with { FullAccess = [], OnBehalf = [] })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_account_and_an_unknown_name_are_notes()
    {
        Assert.EndsWith(
            " | Remove-RecipientPermission 'support@acme.example' -Trustee 'S-1-5-21-1-2-3-4' -AccessRights SendAs -Confirm:$false",
            Only(SomeSetup.With(mailbox => mailbox with { SendAs = [new("S-1-5-21-1-2-3-4", TrusteeKind.Deleted)] })),
            StringComparison.Ordinal);
        Assert.StartsWith("note unknown-holder",
            Only(SomeSetup.With(mailbox => mailbox with { OnBehalf = [new("Maria", TrusteeKind.Unknown), .. mailbox.OnBehalf!] })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_switch_counts_where_somebody_holds_the_right_it_is_about()
    {
        Assert.Empty(SetupCheck.Find(SomeSetup.With(mailbox => mailbox with { CopiesSentAs = false })));
        Assert.Equal(
            "error sent-copies-off support@acme.example: MessageCopyForSendOnBehalfEnabled is off: what agents send lies in their own "
                + "Sent Items only, so replies are not seen here. | Set-Mailbox 'support@acme.example' "
                + "-MessageCopyForSentAsEnabled $true -MessageCopyForSendOnBehalfEnabled $true",
            Only(SomeSetup.With(mailbox => mailbox with { CopiesOnBehalf = false })));
    }

    [Fact]
    public void Sends_in_the_audit_log_without_a_message_show_missing_copies_and_what_they_would_bring()
    {
        var use = new Dictionary<string, SendingUse> { [SomeSetup.Desk] = new() { OnBehalf = 60, AuditedSends = 100, WithoutCopy = 40 } };

        Assert.Equal(
            "warning sent-copies-missing support@acme.example: 40 of 100 sends in the audit log have no message in the mailbox. "
                + "| Get-MailboxFolderStatistics 'support@acme.example' -FolderScope SentItems -IncludeOldestAndNewestItems: whether "
                + "copies come at all, or somebody moves or deletes them "
                + "| or agree with agents that their own Sent Items are read: onbehalf mailbox add AGENT --agent | gain 0.40",
            Only(SomeSetup.Clean with { Use = use }));
    }

    [Theory]
    [InlineData(true, Severity.Error)]
    [InlineData(false, Severity.Note)]
    public void Audit_that_is_off_weighs_as_much_as_Send_As_is_used(bool isSendAsUsed, Severity severity)
    {
        var tenant = isSendAsUsed ? SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben) }) : SomeSetup.Clean;

        var off = Single(tenant with { Exchange = tenant.Exchange with { IsUnifiedAuditOn = false } }, SetupFault.UnifiedAuditOff);
        Assert.Equal((severity, "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true"), (off.Severity, off.Remedy.Single()));
        var disabled = Single(
            tenant with { Exchange = tenant.Exchange with { IsMailboxAuditDisabled = true } }, SetupFault.MailboxAuditDisabled);
        Assert.Equal((severity, "Set-OrganizationConfig -AuditDisabled $false"), (disabled.Severity, disabled.Remedy.Single()));
    }

    [Fact]
    public void Mailbox_audit_that_is_off_or_trimmed_is_found()
    {
        Assert.Equal("Set-Mailbox 'support@acme.example' -AuditEnabled $true",
            Single(SomeSetup.With(mailbox => mailbox with { IsAudited = false }), SetupFault.MailboxAuditOff).Remedy.Single());
        var trimmed = Single(
            SomeSetup.With(mailbox => mailbox with { AuditedActions = ["Update", "sendas"] }), SetupFault.MailboxAuditTrimmed);
        Assert.Equal("The audited actions of delegates lack SendOnBehalf.", trimmed.Evidence);
        Assert.Equal("Set-Mailbox 'support@acme.example' -DefaultAuditSet Admin,Delegate,Owner", trimmed.Remedy.Single());
    }

    [Fact]
    public void A_bypassed_agent_is_a_warning_where_the_agent_sends_as()
    {
        var bypassed = new PersonSetup { IsAuditBypassed = true };
        Assert.Equal(Severity.Note, Single(SomeSetup.WithBen(SomeSetup.Clean, bypassed), SetupFault.AuditBypass).Severity);

        var sendsAs = SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben) });
        var found = Single(SomeSetup.WithBen(sendsAs, bypassed), SetupFault.AuditBypass);
        Assert.Equal((Severity.Warning, SomeSetup.Ben, "Set-MailboxAuditBypassAssociation 'ben@acme.example' -AuditBypassEnabled $false"),
            (found.Severity, found.Where, found.Remedy.Single()));
    }

    [Fact]
    public void Another_region_matters_for_Send_As_and_not_for_Send_on_Behalf()
    {
        var abroad = new PersonSetup { Region = "NAM" };
        Assert.Empty(SetupCheck.Find(SomeSetup.WithBen(SomeSetup.Clean, abroad)));

        var sendsAs = SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben) });
        Assert.Equal("ben@acme.example: in another region than the mailbox (EUR), where Send As is not audited.",
            Single(SomeSetup.WithBen(sendsAs, abroad), SetupFault.CrossGeo).Evidence);
    }

    [Fact]
    public void No_record_at_all_of_an_unlicensed_mailbox_is_a_licence_caveat()
    {
        var sendsAs = SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Anna, SomeSetup.Ben), OnBehalf = [] });
        var silent = sendsAs with { Use = new Dictionary<string, SendingUse> { [SomeSetup.Desk] = new() { Unnamed = 50 } } };

        var found = Single(silent, SetupFault.AuditLicence);
        Assert.Equal(["Set-Mailbox 'support@acme.example' -AuditEnabled $false", "Set-Mailbox 'support@acme.example' -AuditEnabled $true"],
            found.Remedy);
        Assert.Equal(1.0, found.Gain);
        var heard = silent with
        {
            Use = new Dictionary<string, SendingUse> { [SomeSetup.Desk] = new() { Unnamed = 1, As = 49, AuditedSends = 49 } },
        };
        Assert.DoesNotContain(SetupCheck.Find(heard), finding => finding.Fault == SetupFault.AuditLicence);
    }

    [Fact]
    public void Missing_permissions_are_errors_with_the_portal_step()
    {
        var found = Single(SomeSetup.With("MailboxSettings.Read"), SetupFault.PermissionMissing);
        Assert.Equal(Severity.Error, found.Severity);
        Assert.Contains("add Microsoft Graph > Application > User.Read.All", found.Remedy.Single(), StringComparison.Ordinal);

        var refused = SomeSetup.Clean with { Reach = new Dictionary<string, Reach> { [SomeSetup.Desk] = Reach.Refused } };
        Assert.Equal([SetupFault.PermissionMissing], Errors(refused));
        Assert.Equal([SetupFault.MailboxUnreadable],
            Errors(refused with { App = refused.App! with { Roles = [.. refused.App.Roles, "Mail.ReadBasic.All"] } }));
    }

    [Fact]
    public void Permissions_that_are_too_wide_come_with_the_commands_that_confine_them()
    {
        var wide = Single(SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Mail.ReadWrite"), SetupFault.PermissionTooWide);
        Assert.Equal(Severity.Warning, wide.Severity);
        Assert.Equal("The application may do more than it needs: Mail.ReadWrite.", wide.Evidence);
        Assert.Equal(4, wide.Remedy.Count);
        Assert.StartsWith("New-ServicePrincipal -AppId", wide.Remedy[0], StringComparison.Ordinal);
        Assert.Contains("\"RecipientTypeDetails -eq 'SharedMailbox'\"", wide.Remedy[1], StringComparison.Ordinal);
        Assert.Contains("-Role 'Application Mail.ReadBasic' -CustomResourceScope", wide.Remedy[2], StringComparison.Ordinal);
        Assert.Contains("remove Mail.ReadWrite", wide.Remedy[3], StringComparison.Ordinal);

        var tenantWide = Only(SomeSetup.With("User.Read.All", "MailboxSettings.Read", "Mail.ReadBasic.All"));
        Assert.StartsWith("note permission-too-wide", tenantWide, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(29, "warning credential-expiring tenant: The secret expires on 2026-03-31.")]
    [InlineData(-1, "error credential-expiring tenant: The secret expired on 2026-03-01.")]
    public void A_credential_is_announced_a_month_before_its_end(int days, string? found)
    {
        var app = SomeSetup.Clean.App! with { CredentialExpiresAt = SomeSetup.Now + Duration.FromDays(days) };
        var tenant = SomeSetup.Clean with { App = app };

        if (found is null) Assert.Empty(SetupCheck.Find(tenant));
        else Assert.StartsWith(found, Only(tenant), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(-61, "warning clock-skew tenant: This machine's clock is 61 seconds behind Microsoft's.")]
    [InlineData(301, "error clock-skew tenant: This machine's clock is 301 seconds ahead of Microsoft's.")]
    public void A_wrong_clock_is_found_either_way(int seconds, string? found)
    {
        var tenant = SomeSetup.Clean with { ClockAhead = Duration.FromSeconds(seconds) };

        if (found is null) Assert.Empty(SetupCheck.Find(tenant));
        else Assert.StartsWith(found, Only(tenant), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecipientKind.Personal, "note not-natively-shared")]
    [InlineData(RecipientKind.Group, "error group-not-trackable")]
    [InlineData(RecipientKind.List, "error list-not-trackable")]
    public void What_is_no_native_shared_mailbox_is_told_apart(RecipientKind kind, string found) =>
        Assert.StartsWith(found, Only(SomeSetup.With(mailbox => mailbox with { Kind = kind })), StringComparison.Ordinal);

    [Fact]
    public void A_hidden_mailbox_and_one_that_is_not_there_are_found()
    {
        Assert.StartsWith("note hidden-from-address-lists",
            Only(SomeSetup.With(mailbox => mailbox with { IsHidden = true })), StringComparison.Ordinal);
        Assert.StartsWith("error mailbox-unreadable support@acme.example: There is no such mailbox",
            Only(SomeSetup.Clean with { Reach = new Dictionary<string, Reach> { [SomeSetup.Desk] = Reach.Missing } }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(90, 10, false)]
    [InlineData(89, 11, true)]
    [InlineData(0, 9, false)]
    public void The_mail_itself_says_when_most_authors_are_unknown(int known, int unnamed, bool isFound)
    {
        var tenant = SomeSetup.Clean with
        {
            Use = new Dictionary<string, SendingUse> { [SomeSetup.Desk] = new() { OnBehalf = known, Unnamed = unnamed } },
        };

        Assert.Equal(isFound ? [SetupFault.MostlyUnknown] : [], SetupCheck.Find(tenant).Select(finding => finding.Fault));
    }

    [Fact]
    public void A_name_cannot_end_its_quotes_in_a_command()
    {
        const string hostile = "o'neil\u2019; rm *\n@acme.example";

        var command = Single(SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = SomeSetup.People(SomeSetup.Anna, SomeSetup.Ben, hostile),
        }), SetupFault.NoSendRight).Remedy.Single();

        Assert.EndsWith("@{Add='o''neil\u2019\u2019; rm *@acme.example'}", command, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_comes_first_and_the_order_does_not_depend_on_that_of_the_mailboxes()
    {
        MailboxSetup[] mailboxes =
        [
            SomeSetup.Mailbox with { Address = "b@acme.example", CopiesOnBehalf = false },
            SomeSetup.Mailbox with { Address = "a@acme.example", OnBehalf = SomeSetup.People(SomeSetup.Anna) },
        ];
        TenantSetup Of(IEnumerable<MailboxSetup> some) =>
            SomeSetup.Clean with { Exchange = SomeSetup.Clean.Exchange with { Mailboxes = [.. some] } };

        var findings = SetupCheck.Find(Of(mailboxes)).Select(Text).ToList();
        Assert.StartsWith("error sent-copies-off b@", findings[0], StringComparison.Ordinal);
        Assert.StartsWith("warning no-send-right a@", findings[1], StringComparison.Ordinal);
        Assert.Equal(findings, SetupCheck.Find(Of(mailboxes.Reverse())).Select(Text));
    }

    [Fact]
    public void The_tenant_s_findings_come_before_those_of_any_mailbox()
    {
        var tenant = SomeSetup.With(mailbox => mailbox with { Address = "0desk@acme.example", CopiesOnBehalf = false });

        Assert.Equal([SetupCheck.Tenant, "0desk@acme.example"],
            SetupCheck.Find(tenant with { ClockAhead = Duration.FromDays(1) }).Select(finding => finding.Where));
    }

    [Fact]
    public void Rights_that_nobody_could_see_are_not_called_missing()
    {
        foreach (var change in new Func<MailboxSetup, MailboxSetup>[]
        {
            mailbox => mailbox with { SendAs = null, OnBehalf = [] },
            mailbox => mailbox with { OnBehalf = null, SendAs = SomeSetup.People(SomeSetup.Anna) },
            mailbox => mailbox with { FullAccess = null, OnBehalf = SomeSetup.People(SomeSetup.Anna) },
            mailbox => mailbox with { FullAccess = null, SendAs = null, OnBehalf = [] },
        })
            Assert.Empty(SetupCheck.Find(SomeSetup.With(change)));
        var group = new Trustee("team@acme.example", TrusteeKind.Group);
        Assert.Equal([SetupFault.GroupHoldsRight],
            SetupCheck.Find(SomeSetup.With(mailbox => mailbox with { FullAccess = [group], OnBehalf = [] })).Select(found => found.Fault));
        Assert.Equal([SetupFault.UnknownHolder, SetupFault.OrphanedRight], SetupCheck.Find(SomeSetup.With(mailbox => mailbox with
        {
            FullAccess = [new("Maria", TrusteeKind.Unknown), new("S-1-5-21-9", TrusteeKind.Deleted)], SendAs = null, OnBehalf = null,
        })).Select(found => found.Fault));
    }

    [Fact]
    public void Audit_weighs_as_an_error_where_one_mailbox_s_senders_are_not_known()
    {
        var tenant = SomeSetup.Clean with
        {
            Exchange = SomeSetup.Clean.Exchange with
            {
                IsMailboxAuditDisabled = true,
                Mailboxes = [SomeSetup.Mailbox, new() { Address = "other@acme.example", Kind = RecipientKind.Shared }],
            },
        };

        Assert.Equal(Severity.Error, Single(tenant, SetupFault.MailboxAuditDisabled).Severity);
    }

    [Fact]
    public void Each_mailbox_that_is_refused_is_named_unless_all_are()
    {
        var other = SomeSetup.Mailbox with { Address = "b@acme.example" };
        var two = SomeSetup.Clean with
        {
            Exchange = SomeSetup.Clean.Exchange with { Mailboxes = [SomeSetup.Mailbox, other] },
            Reach = new Dictionary<string, Reach> { [SomeSetup.Desk] = Reach.Readable, ["b@acme.example"] = Reach.Refused },
        };

        Assert.StartsWith("error mailbox-unreadable b@acme.example", Only(two), StringComparison.Ordinal);
        Assert.Empty(SetupCheck.Find(two with { Exchange = two.Exchange with { Mailboxes = [] } }));
        Assert.Equal([SetupFault.GroupNotTrackable], SetupCheck.Find(two with
        {
            Exchange = two.Exchange with { Mailboxes = [SomeSetup.Mailbox, other with { Kind = RecipientKind.Group }] },
        }).Select(found => found.Fault));
    }

    [Fact]
    public void What_is_as_it_should_be_just_so_is_no_finding()
    {
        var sendsAs = SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Anna, SomeSetup.Ben), OnBehalf = [] });
        Dictionary<string, SendingUse> Use(SendingUse use) => new() { [SomeSetup.Desk] = use };

        // One in twenty sends may be late; audit that had nothing to record is no sign of a licence.
        Assert.Empty(SetupCheck.Find(SomeSetup.Clean with { Use = Use(new() { OnBehalf = 200, AuditedSends = 200, WithoutCopy = 10 }) }));
        Assert.DoesNotContain(SetupCheck.Find(sendsAs with { Use = Use(new() { OnBehalf = 20 }) }),
            found => found.Fault == SetupFault.AuditLicence);
        // Nobody sends on behalf, so whether those copies are kept does not matter; where nobody knows who does, it may.
        var copies = SomeSetup.With(mailbox => mailbox with
        {
            SendAs = SomeSetup.People(SomeSetup.Anna, SomeSetup.Ben), OnBehalf = [], CopiesOnBehalf = false,
        });
        Assert.DoesNotContain(SetupCheck.Find(copies), found => found.Fault == SetupFault.SentCopiesOff);
        Assert.Equal([SetupFault.SentCopiesOff],
            SetupCheck.Find(SomeSetup.With(mailbox => mailbox with { OnBehalf = null, CopiesOnBehalf = false })).Select(f => f.Fault));
        // Hidden matters where somebody may send.
        Assert.DoesNotContain(SetupCheck.Find(SomeSetup.With(mailbox => mailbox with { SendAs = [], OnBehalf = [], IsHidden = true })),
            found => found.Fault == SetupFault.HiddenFromAddressLists);
        Single(SomeSetup.With(mailbox => mailbox with { SendAs = SomeSetup.People(SomeSetup.Ben), OnBehalf = [], IsHidden = true }),
            SetupFault.HiddenFromAddressLists);
    }

    static SetupFinding Single(TenantSetup tenant, SetupFault fault) =>
        Assert.Single(SetupCheck.Find(tenant), finding => finding.Fault == fault);

    static string Only(TenantSetup tenant) => Text(Assert.Single(SetupCheck.Find(tenant)));

    static IEnumerable<SetupFault> Errors(TenantSetup tenant) =>
        SetupCheck.Find(tenant).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Fault);

    static string Text(SetupFinding finding) => FormattableString.Invariant(
        $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Fault.Text()} {finding.Where}: {finding.Evidence}")
        + string.Concat(finding.Remedy.Select(step => " | " + step))
        + (finding.Gain is { } gain ? FormattableString.Invariant($" | gain {gain:0.00}") : "");
}
