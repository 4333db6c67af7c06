using OnBehalf.Checks;
using OnBehalf.Store;
using OnBehalf.Tests.Store;

namespace OnBehalf.Tests.Cli;

/// <summary>What is said of one and of several.</summary>
public sealed class WordingSlices : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(0, "0 findings")]
    [InlineData(1, "1 finding")]
    [InlineData(2, "2 findings")]
    [InlineData(1200, "1,200 findings")]
    public void One_is_not_several(long count, string said) => Assert.Equal(said, Counted.Of(count, "finding", "findings"));

    [Theory]
    [InlineData(1, "1 message has no readable date and takes no part in waits.", "1 message, 0 further sightings, ")]
    [InlineData(2, "2 messages have no readable date and take no part in waits.", "2 messages, 0 further sightings, ")]
    public async Task The_doctor_counts_messages_without_a_date(int count, string note, string there)
    {
        var mail = Enumerable.Range(1, count).Select(i =>
            $"Message-ID: <undated-{i}@customer.example>\nFrom: carl@customer.example\nTo: {Desk.Mailbox}\nSubject: When?\n\nSoon.\n");
        await _shell.DoAsync(
            "import", "mail", _shell.Write("undated.mbox", Desk.MboxOf([.. mail])),
            "--mailbox", Desk.Mailbox, "--agents", Desk.Agents);

        var told = await _shell.DoAsync("doctor", "--format", "json");
        Assert.Contains(told.Rows(), row => row.GetProperty("what").GetString() == note);
        Assert.Contains(there, (await _shell.DoAsync("doctor")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "The figures of 1 mailbox are older")]
    [InlineData(2, "The figures of 2 mailboxes are older")]
    public async Task A_report_counts_mailboxes_whose_figures_are_old(int count, string warning)
    {
        using (var store = MailStore.Open(_shell.Store, StoreAccess.Write, Shell.Clock))
            foreach (var name in new[] { "support", "sales" }.Take(count))
                StoreFile.Append(store, store.Addresses.Intern($"{name}@acme.example"), SomeFacts.Messages(0, 3, store.Addresses));

        Assert.Contains(warning, (await _shell.DoAsync("report", "agents")).Error, StringComparison.Ordinal);
        await _shell.DoAsync("rebuild");
        Assert.DoesNotContain("are older", (await _shell.DoAsync("report", "agents")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 of 1 audit record names a message that is not here.")]
    [InlineData(2, "2 of 2 audit records name messages that are not here.")]
    public async Task The_doctor_counts_records_without_a_message(int count, string warning)
    {
        await Desk.ImportMailAsync(_shell);
        var records = Enumerable.Range(1, count).Select(i => Desk.Audit
            .Replace(Desk.SendAsId, $"nowhere-{i}@acme.example", StringComparison.Ordinal)
            .Replace("8333-000000000001", $"8333-00000000010{i}", StringComparison.Ordinal));
        await _shell.DoAsync("import", "audit", _shell.Write("audit.jsonl", string.Join('\n', records)));

        var told = (await _shell.RunAsync("doctor", "--format", "json")).Rows();
        Assert.Contains(told, row => row.GetProperty("what").GetString() == warning);
    }
}
