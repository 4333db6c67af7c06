using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Exchange;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Sources.Exchange;

/// <summary>
/// The same three rights in every shape in which cmdlets, versions and ConvertTo-Json have been seen to write them, read
/// to the same picture.
/// </summary>
public partial class PermissionShapes
{
    const string Desk = "support@acme.example";

    static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    const string Recipients = """
        {"Identity":"support","Guid":"0a0a0a0a-1111-4222-8333-000000000001","DisplayName":"Support","Alias":"support",
         "PrimarySmtpAddress":"Support@acme.example","RecipientTypeDetails":"SharedMailbox",
         "EmailAddresses":["SMTP:Support@acme.example",
         "smtp:help@acme.example","X500:/o=ExchangeLabs/cn=support","SIP:support@acme.example"]},
        {"Identity":"Maria Lopez","Guid":"0a0a0a0a-1111-4222-8333-000000000002","DisplayName":"Maria Lopez","Alias":"maria",
         "ExternalDirectoryObjectId":"0b0b0b0b-1111-4222-8333-000000000002","PrimarySmtpAddress":"maria.lopez@acme.example",
         "UserPrincipalName":"mlopez@acme.example","RecipientTypeDetails":"UserMailbox",
         "DistinguishedName":"CN=Maria Lopez,OU=acme.onmicrosoft.example,DC=EURPR04A009,DC=PROD",
         "LegacyExchangeDN":"/o=ExchangeLabs/cn=0f1e-maria.lopez"}
        """;

    [Theory]
    [InlineData("an array of two",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":["FullAccess","ReadPermission"],
        "Deny":false,"IsInherited":false}
        """)]
    [InlineData("one text in an array",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":["FullAccess, ReadPermission"],"Deny":false,
        "UserSid":"S-1-5-21-1","PrimarySmtpAddress":"maria.lopez@acme.example"}
        """)]
    [InlineData("one text", """{"Identity":"support","User":"mlopez@acme.example","AccessRights":"FullAccess"}""")]
    [InlineData("one text in braces",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":"{FullAccess, ReadPermission}"}
        """)]
    [InlineData("the number of an enumeration", """{"Identity":"support","User":"mlopez@acme.example","AccessRights":[131073]}""")]
    [InlineData("a number as text", """{"Identity":"support","User":"mlopez@acme.example","AccessRights":["1"]}""")]
    [InlineData("an enumeration as an object",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":[{"value":1,"Value":"FullAccess"}]}
        """)]
    [InlineData("a switch as an object",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":["FullAccess"],"Deny":{"IsPresent":false},
        "IsInherited":{"IsPresent":false}}
        """)]
    [InlineData("an array with its count",
        """
        {"Identity":"support","User":"mlopez@acme.example","AccessRights":{"value":["FullAccess"],"Count":1}}
        """)]
    [InlineData("permissions in a list",
        """
        {"PermissionId":"x","MailboxIdentity":"support","User":"mlopez@acme.example","IsOwner":false,
        "PermissionList":[{"ChangedProperties":[],"AccessRights":["FullAccess"],"IsInherited":false,"Deny":false,
        "InheritanceType":"All"}]}
        """)]
    [InlineData("one permission where a list was",
        """
        {"MailboxIdentity":"support","User":"mlopez@acme.example","PermissionList":{"AccessRights":["FullAccess"],
        "Deny":false}}
        """)]
    [InlineData("properties in another case", """{"identity":"support","user":"mlopez@acme.example","accessRights":["fullaccess"]}""")]
    [InlineData("a deserialized trustee",
        """
        {"Identity":{"Name":"Support","DistinguishedName":null},"User":{"RawIdentity":"mlopez@acme.example",
        "IsDefault":false},"AccessRights":["FullAccess"]}
        """)]
    [InlineData("a trustee by display name", """{"Identity":"help@acme.example","User":"Maria Lopez","AccessRights":["FullAccess"]}""")]
    [InlineData("a trustee by canonical name",
        """
        {"Identity":"support","User":"EURPR04A009.PROD.OUTLOOK.EXAMPLE/Hosted/acme.onmicrosoft.example/Maria Lopez",
        "AccessRights":["FullAccess"]}
        """)]
    public async Task Full_Access_is_read_from(string shape, string row)
    {
        var mailbox = await OneAsync($"[{Recipients},{row}]");

        Assert.True(Names(mailbox.FullAccess) == "maria.lopez@acme.example", $"{shape}: {Names(mailbox.FullAccess)}");
    }

    [Theory]
    [InlineData("by name",
        """
        {"Identity":"support","Trustee":"mlopez@acme.example","AccessControlType":"Allow","AccessRights":["SendAs"],
        "IsInherited":false,"TrusteeSidString":"S-1-5-21-1",
        "TrusteeWithPrimarySmtpAddress":"maria.lopez@acme.example"}
        """)]
    [InlineData("by number",
        """
        {"Identity":"support","Trustee":"mlopez@acme.example","AccessControlType":0,"AccessRights":[1],
        "InheritanceType":"None"}
        """)]
    [InlineData("with the name before the address",
        """
        {"Identity":"support","Trustee":"somebody","AccessRights":["SendAs"],
        "TrusteeWithPrimarySmtpAddress":"Maria Lopez <maria.lopez@acme.example>"}
        """)]
    public async Task Send_As_is_read(string shape, string row)
    {
        var mailbox = await OneAsync($"[{Recipients},{row}]");

        Assert.True(Names(mailbox.SendAs) == "maria.lopez@acme.example", $"{shape}: {Names(mailbox.SendAs)}");
    }

    [Theory]
    [InlineData("\"Maria Lopez\"")]
    [InlineData("[\"maria\"]")]
    [InlineData("[\"0b0b0b0b-1111-4222-8333-000000000002\"]")]
    [InlineData("[\"CN=Maria Lopez,OU=acme.onmicrosoft.example,DC=EURPR04A009,DC=PROD\"]")]
    [InlineData("\"CN=Maria Lopez,OU=acme.onmicrosoft.example,DC=EURPR04A009,DC=PROD\"")]
    [InlineData("{\"value\":[\"mlopez@acme.example\"],\"Count\":1}")]
    [InlineData("[{\"Name\":\"Maria Lopez\",\"DistinguishedName\":\"CN=Maria Lopez,OU=acme.onmicrosoft.example,DC=EURPR04A009,DC=PROD\"}]")]
    [InlineData("\"{Maria Lopez}\"")]
    public async Task Send_on_Behalf_is_read_from(string names)
    {
        var mailbox = await OneAsync($"[{Recipients},{Support($"\"GrantSendonBehalfTo\":{names}")}]");

        Assert.Equal("maria.lopez@acme.example", Names(mailbox.OnBehalf));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public async Task An_empty_list_is_known_to_be_empty(string names)
    {
        var mailbox = await OneAsync($"[{Recipients},{Support($"\"GrantSendOnBehalfTo\":{names}")}]");

        Assert.NotNull(mailbox.OnBehalf);
        Assert.Equal("", Names(mailbox.OnBehalf));
    }

    [Fact]
    public async Task A_list_of_which_only_its_type_is_left_is_not_known()
    {
        var mailbox = await OneAsync($$"""
            [{{Recipients}},{{Support("\"GrantSendOnBehalfTo\":\"System.Collections.ArrayList\"")}},
             {"Identity":"support","User":"a@acme.example","AccessRights":"System.Collections.Generic.List`1[System.String]"}]
            """);

        Assert.Null(mailbox.OnBehalf);
        Assert.Null(mailbox.FullAccess);
    }

    [Fact]
    public async Task Who_is_nobody_grants_nothing_and_who_was_deleted_is_told_apart()
    {
        var mailbox = await OneAsync($$"""
            [{{Recipients}},
             {"Identity":"support","User":"NT AUTHORITY\\SELF","AccessRights":["FullAccess","ReadPermission"]},
             {"Identity":"support","User":"EURPR04A009\\Domain Admins","AccessRights":["FullAccess"],"IsInherited":true,"Deny":true},
             {"Identity":"support","User":"NAMPR01A001\\Administrator","AccessRights":["FullAccess"]},
             {"Identity":"support","User":"Discovery Management","AccessRights":["FullAccess"]},
             {"Identity":"support","User":"reader@acme.example","AccessRights":["ReadPermission"]},
             {"Identity":"support","User":"denied@acme.example","AccessRights":["FullAccess"],"Deny":false},
             {"Identity":"support","User":"denied@acme.example","AccessRights":["FullAccess"],"Deny":"True"},
             {"Identity":"support","User":"S-1-5-21-1376570662-3565232716-1187618197-99999","AccessRights":["FullAccess"]},
             {"Identity":"support","User":"new.colleague@acme.example","AccessRights":["FullAccess"]}]
            """);

        Assert.Equal("Deleted S-1-5-21-1376570662-3565232716-1187618197-99999, Person new.colleague@acme.example",
            string.Join(", ", mailbox.FullAccess!.Select(one => $"{one.Kind} {one.Name}")));
        Assert.Null(mailbox.SendAs);
    }

    [Fact]
    public async Task A_name_that_two_people_share_names_nobody()
    {
        var mailbox = await OneAsync($$"""
            [{{Recipients}},{{Support("\"GrantSendOnBehalfTo\":[\"Maria Lopez\"]")}},
             {"DisplayName":"Maria Lopez","PrimarySmtpAddress":"maria.lopez2@acme.example","RecipientTypeDetails":"UserMailbox"}]
            """);

        Assert.Equal("Unknown Maria Lopez", string.Join(", ", mailbox.OnBehalf!.Select(one => $"{one.Kind} {one.Name}")));
    }

    [Fact]
    public async Task A_group_holds_the_right_for_its_members()
    {
        var mailbox = await OneAsync($$"""
            [{{Recipients}},
             {"Name":"Team","PrimarySmtpAddress":"team@acme.example","RecipientTypeDetails":"MailUniversalSecurityGroup"},
             {"OnBehalfGroup":"team@acme.example","Members":["Maria Lopez","ben@acme.example"]},
             {"Identity":"support","Trustee":"Team","AccessRights":["SendAs"]}]
            """);

        var holder = Assert.Single(mailbox.SendAs!);
        Assert.Equal((TrusteeKind.Group, "team@acme.example"), (holder.Kind, holder.Name));
        Assert.Equal(["maria.lopez@acme.example", "ben@acme.example"], holder.Members!);
    }

    [Fact]
    public async Task Switches_regions_and_auditing_are_read_whatever_their_spelling()
    {
        var picture = await ReadAsync($$"""
            {"OnBehalfTakenAt":"2026-03-01T08:00:00Z","Rows":[
              {{Support("""
                "MessageCopyForSentAsEnabled":"True","MessageCopyForSendOnBehalfEnabled":{"IsPresent":true},"AuditEnabled":0,
                "AuditDelegate":"{Update, SendAs}","MailboxRegion":"EUR","HiddenFromAddressListsEnabled":false,"SKUAssigned":null
                """)}},
              {"PrimarySmtpAddress":"maria.lopez@acme.example","RecipientTypeDetails":1,"MailboxRegion":"NAM","DisplayName":"Maria Lopez"},
              {"Identity":"Maria Lopez","AuditBypassEnabled":true},
              {"UnifiedAuditLogIngestionEnabled":false},{"AuditDisabled":"False"}]}
            """);

        var mailbox = Assert.Single(picture.Mailboxes);
        Assert.Equal((true, true, false, "EUR", false, null), (mailbox.CopiesSentAs, mailbox.CopiesOnBehalf, mailbox.IsAudited,
            mailbox.Region, mailbox.IsHidden, mailbox.IsLicensed));
        Assert.Equal(["Update", "SendAs"], mailbox.AuditedActions!);
        Assert.Equal(new PersonSetup { Region = "NAM", IsAuditBypassed = true }, picture.People["maria.lopez@acme.example"]);
        Assert.Equal((false, false), (picture.IsUnifiedAuditOn, picture.IsMailboxAuditDisabled));
        Assert.Equal(Instant.FromUtc(2026, 3, 1, 8, 0), picture.TakenAt);
        Assert.Equal(["/o=exchangelabs/cn=support", "help@acme.example"],
            Assert.Single((await ReadAsync($"[{Recipients}]")).Mailboxes).Aliases);
    }

    [Theory]
    [InlineData("SharedMailbox", RecipientKind.Shared)]
    [InlineData("4", RecipientKind.Shared)]
    [InlineData("UserMailbox", RecipientKind.Personal)]
    [InlineData("RoomMailbox", RecipientKind.Resource)]
    [InlineData("GroupMailbox", RecipientKind.Group)]
    [InlineData("1099511627776", RecipientKind.Group)]
    [InlineData("MailUniversalDistributionGroup", RecipientKind.List)]
    [InlineData("DynamicDistributionGroup", RecipientKind.List)]
    [InlineData("PublicFolder", RecipientKind.Unknown)]
    public void A_recipient_s_kind_is_read_by_name_or_number(string details, RecipientKind kind) =>
        Assert.Equal(kind, RecipientBook.KindOf(details));

    [Fact]
    public async Task One_object_many_documents_gzip_and_UTF_16_are_all_files()
    {
        var one = Support("\"GrantSendOnBehalfTo\":[]");
        var bytes = Encoding.UTF8.GetBytes(one);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);

        foreach (var file in new[]
        {
            bytes, [.. "\ufeff"u8, .. bytes], [.. bytes, (byte)'\n', .. bytes], packed.ToArray(),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(one)], Encoding.Unicode.GetBytes(one),
        })
            Assert.Equal(Desk, Assert.Single((await ReadAsync(file)).Mailboxes).Address);
    }

    [Theory]
    [InlineData("", "names no mailbox")]
    [InlineData("[]", "names no mailbox")]
    [InlineData("{\"value\":[{\"subject\":\"x\"}]}", "names no mailbox")]
    [InlineData("Identity,User,AccessRights", "is not JSON")]
    [InlineData("[{\"User\":", "is not JSON")]
    public async Task What_is_no_picture_is_said_to_be_none(string text, string complaint)
    {
        var mistake = await Assert.ThrowsAsync<Mistake>(() => ReadAsync(text));

        Assert.Equal("invalid", mistake.Code);
        Assert.Contains(complaint, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_in_any_place_is_a_mistake_or_a_picture_and_never_a_crash()
    {
        var seed = Encoding.UTF8.GetBytes($"[{Recipients},{Support("\"GrantSendOnBehalfTo\":[\"a\"]")},"
            + """{"Identity":"support","User":"x@acme.example","AccessRights":["FullAccess"],"Deny":{"IsPresent":false}}]""");
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = seed.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = "{}[]\",:01atn\\ "u8[random.Next(14)];
            try
            {
                await ReadAsync(bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            }
            catch (Mistake mistake)
            {
                Assert.True(mistake.Code is "invalid" or "damaged", mistake.Code);
            }
        }
    }

    [Fact]
    public async Task Every_list_of_rights_in_the_observed_shapes_is_understood()
    {
        var text = await File.ReadAllTextAsync(RealData.Find("exchange/observed-shapes.md"), TestContext.Current.CancellationToken);
        var lists = AccessRights().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.True(lists.Count >= 4, $"only {lists.Count} shapes were found");

        foreach (var list in lists)
        {
            var isSendAs = list.Contains("SendAs", StringComparison.Ordinal);
            var row = isSendAs ? $$"""{"Identity":"support","Trustee":"a@acme.example","AccessRights":{{list}}}"""
                : $$"""{"Identity":"support","User":"a@acme.example","AccessRights":{{list}}}""";
            var mailbox = await OneAsync($"[{Recipients},{row}]");
            Assert.True(Names(isSendAs ? mailbox.SendAs : mailbox.FullAccess) == "a@acme.example", list);
        }
        foreach (Match nested in Nested().Matches(text))
        {
            var row = nested.Value.Replace("NT AUTHORITY\\\\SELF", "a@acme.example", StringComparison.Ordinal)
                .Replace("\"MailboxIdentity\":\"...\"", "\"MailboxIdentity\":\"support\"", StringComparison.Ordinal);
            Assert.Equal("a@acme.example", Names((await OneAsync($"[{Recipients},{row}]")).FullAccess));
        }
    }

    [Fact]
    public void The_script_only_reads()
    {
        var written = Verb().Matches(PermissionsScript.Text).Select(match => match.Value).Distinct().Order().ToList();

        Assert.Equal(["Get-", "Set-"], Verb().Matches("Get-Mailbox; Set-Mailbox").Select(match => match.Value));
        Assert.Equal(["Connect-", "ConvertTo-", "ForEach-", "Get-", "Where-", "Write-"],
            written.Where(verb => verb is not ("Install-" or "View-")).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"AccessRights\": ?(\\[[^\\]]*\\])")]
    private static partial Regex AccessRights();

    [GeneratedRegex("\\{\"PermissionId\".*?\\}\\]\\}")]
    private static partial Regex Nested();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-(?=[A-Z])")]
    private static partial Regex Verb();

    [Fact]
    public async Task Names_that_the_file_does_not_explain_are_looked_up_in_the_directory()
    {
        const string json = """
            {"Identity":"support","PrimarySmtpAddress":"support@acme.example","RecipientTypeDetails":"SharedMailbox",
             "GrantSendOnBehalfTo":["Maria Lopez","0b0b0b0b-1111-4222-8333-000000000003"]}
            """;
        Assert.Equal("0b0b0b0b-1111-4222-8333-000000000003, Maria Lopez", Names((await OneAsync(json)).OnBehalf));
        Person[] known =
        [
            new() { Id = Guid.NewGuid(), Name = "Maria Lopez", Addresses = ["maria.lopez@acme.example", "/o=exchangelabs/cn=maria"] },
            new() { Id = new("0b0b0b0b-1111-4222-8333-000000000003"), Name = "Jan", Addresses = ["jan@acme.example"] },
        ];
        var picture = await PermissionsFile.ReadAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(json)), "permissions.json", Now, known, TestContext.Current.CancellationToken);
        Assert.Equal("jan@acme.example, maria.lopez@acme.example", Names(Assert.Single(picture.Mailboxes).OnBehalf));
    }

    static string Support(string more) =>
        $$"""
        {"Identity":"support","DisplayName":"Support","PrimarySMTPAddress":"{{Desk}}",
        "RecipientTypeDetails":"SharedMailbox",{{more}}}
        """;

    static string Names(IReadOnlyList<Trustee>? trustees) =>
        trustees is null ? "not known" : string.Join(", ", trustees.Select(one => one.Name));

    static async Task<MailboxSetup> OneAsync(string json) =>
        Assert.Single((await ReadAsync(json)).Mailboxes, mailbox => mailbox.Address == Desk);

    static Task<ExchangePicture> ReadAsync(string json) => ReadAsync(Encoding.UTF8.GetBytes(json));

    static Task<ExchangePicture> ReadAsync(byte[] bytes) =>
        PermissionsFile.ReadAsync(new MemoryStream(bytes), "permissions.json", Now, [], TestContext.Current.CancellationToken);
}
