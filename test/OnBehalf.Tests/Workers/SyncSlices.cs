using System.Text;
using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Tests.Simulator;

namespace OnBehalf.Tests.Workers;

/// <summary>Rounds over a simulated tenant, in one process: what is read is what truth says is there.</summary>
public sealed class SyncSlices
{
    [Theory]
    [InlineData("none")]
    [InlineData("all,-throttling,-gateway-errors")]
    public async Task A_round_reads_every_message_that_truth_says_is_there(string quirks)
    {
        await using var office = await Office.OpenAsync("send-on-behalf-only", Quirks.Parse(quirks));
        using var store = office.NewStore();
        await office.SyncAsync(store);
        foreach (var mailbox in office.Tenant.Mailboxes)
        {
            var expected = Truth(office).Where(line => line.IsOf("message") && line.Text("mailbox") == mailbox
                && line.Is("inSharedMailbox") && line.Text("folder") is not ("RecoverableItems" or "ConversationHistory"))
                .Select(line => line.Text("messageId")!.Trim('<', '>')).Order().ToList();
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Office.Messages(store, mailbox).Keys.Order());
        }
    }

    [Fact]
    public async Task A_second_round_adds_nothing()
    {
        await using var office = await Office.OpenAsync(quirks: Quirks.Parse("all,-throttling,-gateway-errors"));
        using var store = office.NewStore();
        Assert.True((await office.SyncAsync(store)).Added > 0);
        Assert.Equal(0, (await office.SyncAsync(store)).Added);
    }

    static List<JsonElement> Truth(Office office)
    {
        using var stream = new MemoryStream();
        office.Tenant.WriteTruth(stream, office.Clock.GetUtcNow());
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))];
    }
}
