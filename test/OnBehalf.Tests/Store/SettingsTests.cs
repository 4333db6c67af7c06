using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Tests.Store;

// The file: round trip, defaults, faults with their places · the store: versions · limits.
public sealed class SettingsTests
{
    /// <summary>Settings with something everywhere.</summary>
    internal const string Full = """
        {
          "form": 1,
          "mailboxes": [
            {
              "address": "support@acme.example",
              "aliases": [
                "help@acme.example"
              ],
              "authorHeaders": [
                "Reply-To"
              ],
              "silenceDays": "never",
              "clockStart": "last",
              "hours": "custom",
              "schedule": [
                {
                  "zone": "Europe/Prague",
                  "week": "Mon-Fri 09:00-12:00, 13:00-17:00",
                  "holidays": [
                    "2026-12-25 Christmas"
                  ],
                  "validFrom": "2026-01-01"
                }
              ],
              "auditConnected": true,
              "auditBlindness": "crossGeo"
            }
          ],
          "companySchedule": [
            {
              "zone": "Asia/Kathmandu",
              "week": "always",
              "holidays": []
            }
          ],
          "agents": [
            {
              "name": "Anna",
              "addresses": [
                "anna@acme.example",
                "a.novak@acme.example"
              ],
              "schedule": []
            }
          ],
          "teams": [
            {
              "name": "First line",
              "agents": [
                "anna@acme.example"
              ]
            }
          ],
          "agentPatterns": [
            "@(acme|sernet)\\.example$"
          ],
          "internalDomains": [
            "acme.test"
          ],
          "exclusions": {
            "addresses": [
              "boss@customer.example"
            ],
            "domains": [
              "spam.example"
            ],
            "subjectWords": [
              "newsletter"
            ]
          },
          "slaPolicies": [
            {
              "name": "Gold",
              "firstMinutes": 60,
              "mailboxes": [
                "support@acme.example"
              ],
              "senderDomain": "gold.example",
              "importance": "high"
            }
          ],
          "closing": {
            "flagComplete": false,
            "categories": [
              "Done"
            ],
            "folders": [
              "Inbox/Done"
            ]
          },
          "noReplyNeeded": {
            "carbonCopyOnly": true,
            "shortThanks": false
          },
          "auditGraceHours": 48
        }

        """;

    [Fact]
    public void A_file_comes_back_as_it_was() =>
        Assert.Equal(Full.ReplaceLineEndings("\n"), SettingsText.Print(SettingsText.Parse(Full)));

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var settings = SettingsText.Parse("""{ "mailboxes": [ { "address": "support@acme.example" } ] }""");
        Assert.Equal(24, settings.AuditGraceHours);
        Assert.True(settings.Closing.FlagComplete);
        Assert.Equal(5, settings.Mailboxes[0].SilenceDays.Days);
        Assert.Null(settings.Mailboxes[0].AuditConnected);
        Assert.Empty(settings.Agents);
        Assert.Equal(SettingsText.Print(new Settings()), SettingsText.Print(SettingsText.Parse("{}")));
    }

    [Fact]
    public void Every_fault_of_the_form_is_said_at_once_with_its_place()
    {
        var faults = Faults("""
            {
              "mailboxs": [],
              "mailboxes": [
                { "adress": "x@acme.example", "silenceDays": 0 },
                { "address": "y@acme.example", "hours": "sometimes", "auditConnected": "yes" },
                null, 7
              ],
              "agents": {},
              "auditGraceHours": "24",
              "internalDomains": [ 5 ],
              "closing": { "flagComplete": true, "flagComplete": false }
            }
            """);
        Assert.Collection(faults,
            fault => Assert.StartsWith("$.mailboxs: unknown. Known are form, mailboxes, companySchedule,", fault),
            fault => Assert.StartsWith("$.mailboxes[0].adress: unknown.", fault),
            fault => Assert.Equal(
                "$.mailboxes[0].silenceDays: must be a number of days from 1, or \"never\", and is 0.", fault),
            fault => Assert.Equal("$.mailboxes[0].address: is missing.", fault),
            fault => Assert.Equal(
                "$.mailboxes[1].hours: must be one of company, custom, ignored, and is \"sometimes\".", fault),
            fault => Assert.Equal("$.mailboxes[1].auditConnected: must be true or false, and is \"yes\".", fault),
            fault => Assert.Equal("$.mailboxes[2]: is null.", fault),
            fault => Assert.Equal("$.mailboxes[3]: must be an object, and is 7.", fault),
            fault => Assert.Equal("$.agents: must be a list, and is {}.", fault),
            fault => Assert.Equal("$.auditGraceHours: must be a whole number, and is \"24\".", fault),
            fault => Assert.Equal("$.internalDomains[0]: must be a text, and is 5.", fault),
            fault => Assert.Equal("$.closing.flagComplete: is there twice.", fault));
    }

    [Fact]
    public void Every_fault_of_meaning_is_said_at_once_with_its_place()
    {
        var faults = Faults("""
            {
              "form": 2,
              "mailboxes": [
                { "address": "nobody", "hours": "custom",
                  "aliases": [ "a@acme.example", "A@acme.example", "a+x@acme.example" ] },
                { "address": "a@acme.example", "auditBlindness": "systemSender" }
              ],
              "companySchedule": [
                { "zone": "Europe/Prag", "week": "Mon-Fri 09:00-17:00" },
                { "zone": "UTC", "week": "Mon 09:00-17:00, 16:00-18:00", "validFrom": "2026-13-01" },
                { "zone": "UTC", "week": "always" }
              ],
              "agents": [
                { "addresses": [] },
                { "addresses": [ "b@acme.example" ], "name": " " },
                { "addresses": [ "B@acme.example" ] }
              ],
              "agentPatterns": [ "(", "(a)\\1" ],
              "internalDomains": [ "@acme.example" ],
              "slaPolicies": [ { "name": "none" }, { "name": "zero", "firstMinutes": 0 } ],
              "auditGraceHours": -1
            }
            """);
        Assert.Equal(
            [
                "$.form", "$.mailboxes[0].address", "$.mailboxes[0].aliases[1]", "$.mailboxes[0].aliases[2]",
                "$.mailboxes[0].schedule", "$.mailboxes[1].address", "$.mailboxes[1].auditBlindness",
                "$.companySchedule[0]", "$.companySchedule[1]", "$.companySchedule[2].validFrom",
                "$.agents[0].addresses", "$.agents[1].name", "$.agents[2].addresses[0]",
                "$.agentPatterns[0]", "$.agentPatterns[1]",
                "$.internalDomains[0]", "$.slaPolicies[0]", "$.slaPolicies[1].firstMinutes", "$.auditGraceHours",
            ], faults.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.Contains("Europe/Prag", faults[7], StringComparison.Ordinal);
        Assert.Contains("$.mailboxes[0].aliases[0]", faults[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("""{ "mailboxes": null }""")]
    [InlineData("""{ "mailboxes": [ { "address": null } ] }""")]
    [InlineData("""{ "mailboxes": [ { "address": "a@b.example", "silenceDays": null } ] }""")]
    [InlineData("""{ "agentPatterns": [ "\ud800" ] , "x": [[[[[[[[]]]]]]]] }""")]
    public void Whatever_is_no_settings_is_a_mistake_and_no_crash(string json) =>
        Assert.Equal("invalid", StoreFile.MistakeOf(() => SettingsText.Parse(json)).Code);

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_broken_file_is_a_mistake_whatever_is_broken(int seed)
    {
        var random = new Random(seed);
        string[] pieces = ["null", "{", "}", "[", "]", "\"", ",", ":", "-1", "1e999", "\\ud800", "\"\\ud800\"", "\0",
            "true", "never", "\u3000"];
        for (var round = 0; round < 2000; round++)
        {
            var text = Full;
            for (var cut = random.Next(1, 4); cut > 0; cut--)
            {
                var at = random.Next(text.Length);
                var end = Math.Min(text.Length, at + random.Next(12));
                text = text[..at] + pieces[random.Next(pieces.Length)] + text[end..];
            }
            try
            {
                SettingsText.Parse(text);
            }
            catch (Mistake mistake)
            {
                Assert.Equal("invalid", mistake.Code);
            }
        }
    }

    [Fact]
    public void Many_faults_are_counted_and_the_first_ones_said()
    {
        var domains = string.Join(',', Enumerable.Repeat("\"@\"", 500));
        var json = $$"""{ "internalDomains": [ {{domains}} ] }""";
        var message = StoreFile.MistakeOf(() => SettingsText.Parse(json)).Message;
        Assert.StartsWith("The settings have 500 faults:", message, StringComparison.Ordinal);
        Assert.EndsWith("and 450 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_settings_come_back_and_nobody_overwrites_what_he_has_not_seen()
    {
        using var file = new StoreFile();
        var changed = SettingsText.Parse(Full) with { AuditGraceHours = 7 };
        using (var store = file.Write())
        {
            Assert.Equal((new Settings(), 0), store.Settings.Load());
            Assert.Equal(1, store.Settings.Save(SettingsText.Parse(Full), 0));
            Assert.Equal("conflict", StoreFile.MistakeOf(() => store.Settings.Save(new(), 0)).Code);
            Assert.Equal(2, store.Settings.Save(changed, 1));
            Assert.Equal("conflict", StoreFile.MistakeOf(() => store.Settings.Save(new(), 1)).Code);
            Assert.Equal("invalid", StoreFile.MistakeOf(() => store.Settings.Save(new() { Form = 9 }, 2)).Code);
        }
        using var reader = file.Read();
        var (settings, version) = reader.Settings.Load();
        Assert.Equal(2, version);
        Assert.Equal(SettingsText.Print(changed), SettingsText.Print(settings));
        Assert.False(reader.Addresses.Find("a.novak@acme.example").IsNone);
    }

    static string[] Faults(string json) => [.. StoreFile.MistakeOf(() => SettingsText.Parse(json)).Message
        .Split("\n  ").Skip(1)];
}
