using System.Text;
using System.Text.Json.Nodes;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>What records have been seen to look like, and what may not make a difference.</summary>
public sealed class AuditTolerances
{
    static readonly (string What, Func<string, string> Change)[] Harmless =
    [
        ("numbers and booleans as text", json => json
            .Replace("\"UserType\":0", "\"UserType\":\"0\"", StringComparison.Ordinal)
            .Replace("\"RecordType\":2", "\"RecordType\":\"2\",\"ExternalAccess\":\"False\"", StringComparison.Ordinal)),
        ("an enumeration in PascalCase", json => json.Replace("\"UserType\":0", "\"UserType\":\"Regular\"", StringComparison.Ordinal)),
        ("an enumeration in camelCase", json => json.Replace("\"UserType\":0", "\"UserType\":\"regular\"", StringComparison.Ordinal)),
        ("an operation in another case", json => json.Replace("\"SendAs\"", "\"sendas\"", StringComparison.Ordinal)),
        ("names as scripts write them", json => json.Replace("SendAsUserSmtp", "SendAsUserSMTP", StringComparison.Ordinal)),
        ("names in lower case", json => json.Replace("\"CreationTime\"", "\"creationtime\"", StringComparison.Ordinal)
            .Replace("\"UserId\"", "\"userId\"", StringComparison.Ordinal)
            .Replace("\"InternetMessageId\"", "\"internetMessageId\"", StringComparison.Ordinal)),
        ("an escaped name", json => json.Replace("\"Operation\"", "\"\\u004fperation\"", StringComparison.Ordinal)),
        ("an escaped operation", json => json.Replace("\"SendAs\"", "\"Send\\u0041s\"", StringComparison.Ordinal)),
        ("unknown fields of every type", json => "{\"x\":null,\"y\":[1,{\"Id\":\"z\"}],\"z\":{\"Operation\":\"Update\"}," + json[1..]),
        ("the older spelling of the other mailbox's number", json => "{\"SendonBehalfOfUserMailboxGuid\":\"x\"," + json[1..]),
        ("fields in reverse order", Reversed),
        ("solidus escaped", json => json.Replace("/", "\\/", StringComparison.Ordinal)),
        ("a Message-ID without brackets", json => json.Replace("\\u003C", "", StringComparison.Ordinal)
            .Replace("\\u003E", "", StringComparison.Ordinal)),
        ("a line end inside a text", json => json.Replace("\\r\\n", "\r\n", StringComparison.Ordinal)),
        ("a tab inside a text", json => json.Replace("\\r\\n", "\t", StringComparison.Ordinal)),
        ("a comma too many", json => json[..^1] + ",}"),
        ("a name written twice", json => json[..^1] + ",\"UserId\":\"eve@acme.example\",\"Operation\":\"Update\"}"),
        ("fractions of a second", json => json.Replace("09:14:01\"", "09:14:01.9999999\"", StringComparison.Ordinal)),
        ("a zone", json => json.Replace("09:14:01\"", "09:14:01Z\"", StringComparison.Ordinal)),
        ("fractions and a zone", json => json.Replace("09:14:01\"", "09:14:01.0000000Z\"", StringComparison.Ordinal)),
        ("an offset", json => json.Replace("09:14:01\"", "11:14:01+02:00\"", StringComparison.Ordinal)),
        ("a culture's date outside", json => "{\"CreationDate\":\"3/2/2026 9:14:31 AM\"," + json[1..]),
        ("an owner that says otherwise", json => json
            .Replace("\"MailboxOwnerUPN\":\"anna@acme.example\"", "\"MailboxOwnerUPN\":\"support@acme.example\"", StringComparison.Ordinal)
            .Replace("\"LogonType\":0", "\"LogonType\":2", StringComparison.Ordinal)),
        ("an address in another case, with spaces", json => json.Replace("Support@acme", " SUPPORT@ACME", StringComparison.Ordinal)),
        ("an id in braces", json => json.Replace(SomeAudit.IdOf(1), $"{{{SomeAudit.IdOf(1)}}}", StringComparison.Ordinal)),
        ("partly succeeded", json => json.Replace("Succeeded", "PartiallySucceeded", StringComparison.Ordinal)),
        ("no status", json => json.Replace("\"ResultStatus\":\"Succeeded\",", "", StringComparison.Ordinal)),
        ("an Item as text that holds JSON", json => Nested(json, "Item")),
        ("AuditData as text that holds JSON", json => Wrapped(json, asText: true)),
        ("AuditData as an object, and an outside that disagrees", json => Wrapped(json, asText: false)),
    ];

    public static TheoryData<string> HarmlessNames => [.. Harmless.Select(one => one.What)];

    [Theory, MemberData(nameof(HarmlessNames))]
    public void A_tolerated_difference_makes_none(string what)
    {
        var json = SomeAudit.SendAs().ToJsonString();
        var changed = Harmless.Single(one => one.What == what).Change(json);
        Assert.NotEqual(json, changed);

        var expected = AuditReading.Of(json);
        Assert.Single(expected.Sends);
        foreach (var text in new[] { changed, $"[{changed},{changed}]", Csv(changed), changed + "\n" + changed + "\n" })
        {
            var reading = AuditReading.Of(text);
            Assert.Equal(expected.Facts, reading.Facts);
            Assert.Equal("", reading.Reasons);
        }
    }

    [Theory]
    [InlineData("InternetMessageId", "")]
    [InlineData("Subject", "")]
    [InlineData("ParentFolder", "")]
    public void An_Item_may_lack_anything(string field, string _)
    {
        var record = SomeAudit.SendAs();
        ((JsonObject)record["Item"]!).Remove(field);

        var reading = AuditReading.Of(record.ToJsonString());

        var none = "0000000000000000" + "0000000000000000";
        Assert.Equal(field == "InternetMessageId", reading.Facts.Contains($"{none}/{none}", StringComparison.Ordinal));
        Assert.Equal(field == "Subject", reading.Facts.Contains("[]", StringComparison.Ordinal));
        Assert.Single(reading.Sends);
    }

    [Fact]
    public void A_record_without_Item_is_a_send()
    {
        var record = SomeAudit.SendAs();
        record.Remove("Item");

        Assert.Single(AuditReading.Of(record.ToJsonString()).Sends);
    }

    [Theory]
    [InlineData("2", "Admin")]
    [InlineData("\"3\"", "DatacentreAdmin")]
    [InlineData("\"dcAdmin\"", "DatacentreAdmin")]
    [InlineData("4", "System")]
    [InlineData("\"Application\"", "Application")]
    [InlineData("6", "ServicePrincipal")]
    [InlineData("7", "Other")]
    [InlineData("99999999999", "Other")]
    [InlineData("\"guest\"", "Other")]
    [InlineData("null", "Regular")]
    public void The_type_of_the_actor_is_a_number_or_a_name(string written, string expected)
    {
        var json = SomeAudit.SendAs().ToJsonString().Replace("\"UserType\":0", $"\"UserType\":{written}", StringComparison.Ordinal);

        Assert.EndsWith($" {expected}", AuditReading.Of(json).Facts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_that_ends_in_half_a_character_is_kept()
    {
        var json = SomeAudit.SendAs().ToJsonString().Replace("\\uD83D\\uDE00", "\\uD83D", StringComparison.Ordinal);

        Assert.Contains("1/2 \ufffd]", Assert.Single(AuditReading.Of(json).Sends), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_escape_is_its_character()
    {
        var json = SomeAudit.SendAs().ToJsonString()
            .Replace("RE:", "\\n\\r\\t\\b\\f\\\\\\/\\\"\\u00e9", StringComparison.Ordinal);

        Assert.Contains("[\n\r\t\b\f\\/\"\u00e9 ", Assert.Single(AuditReading.Of(json).Sends), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_cost_only_themselves()
    {
        var json = SomeAudit.SendAs().ToJsonString().Replace("RE:", "R\u00e9:", StringComparison.Ordinal);

        Assert.Contains("[R\ufffd: ", Assert.Single(AuditReading.Of(Encoding.Latin1.GetBytes(json)).Sends), StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_kept_as_far_as_one_of_a_message_is()
    {
        var json = SomeAudit.SendAs().ToJsonString().Replace("RE:", new string('x', 300), StringComparison.Ordinal);

        Assert.Contains($"[{new string('x', 255)}]", Assert.Single(AuditReading.Of(json).Sends), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_send_is_counted_and_is_no_send()
    {
        var failed = SomeAudit.SendAs();
        failed["ResultStatus"] = "Failed";

        var reading = AuditReading.Of(SomeAudit.Lines([failed, SomeAudit.SendOnBehalf(), failed]));

        Assert.Equal((3, 1, 1, 1), (reading.Records, reading.Failed, reading.Repeats, reading.Sends.Count));
    }

    [Theory]
    [InlineData("\"ANONYMIZED\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("null")]
    public void Records_without_a_usable_id_are_told_apart_by_their_content(string id)
    {
        string[] records = [.. new[] { 1, 2, 1 }.Select(number => SomeAudit.SendAs(number).ToJsonString()
            .Replace($"\"{SomeAudit.IdOf(number)}\"", id, StringComparison.Ordinal))];

        var reading = AuditReading.Of(string.Join('\n', records));

        Assert.Equal((2, 3, 1), (reading.Sends.Count, reading.Records, reading.Repeats));
        Assert.Equal(2, reading.Sends.Select(send => send[..36]).Distinct().Count());
    }

    static string Reversed(string json) =>
        new JsonObject(((JsonObject)JsonNode.Parse(json)!).Reverse().Select(field => new KeyValuePair<string, JsonNode?>(
            field.Key, field.Value?.DeepClone()))).ToJsonString();

    static string Nested(string json, string field)
    {
        var record = (JsonObject)JsonNode.Parse(json)!;
        record[field] = record[field]!.ToJsonString();
        return record.ToJsonString();
    }

    static string Wrapped(string json, bool asText) => new JsonObject
    {
        ["AuditData"] = asText ? json : JsonNode.Parse(json),
        ["CreationTime"] = "2020-01-01T00:00:00",
        ["userId"] = "eve@acme.example",
        ["Id"] = "another",
        ["Item"] = new JsonObject { ["Subject"] = "another" },
    }.ToJsonString();

    static string Csv(string json) => $"AuditData\n\"{json.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n";
}
