using System.IO.Compression;
using System.Text;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>Mail files by example: what is one message, what is many, and what is none.</summary>
public class MailFileExamples
{
    [Fact]
    public void Every_header_that_says_something_is_read()
    {
        var mail = MailRead.Text(SomeMail.Answer, "Reply-To");
        var fact = Assert.Single(mail.Messages);

        Assert.Equal("answer-1@acme.example", fact.MessageId);
        Assert.Equal(MessageKey.Of("answer-1@acme.example"), fact.Key);
        Assert.Equal("2020-03-03T09:15:30Z", $"{fact.At}");
        Assert.Equal("anna@acme.example", mail[fact.From]);
        Assert.Equal("anna.larsen@acme.example", mail[fact.Author]);
        Assert.Equal("support@acme.example c@b.example d@b.example e@b.example", string.Join(' ', fact.To.Select(id => mail[id])));
        Assert.Equal("f@b.example g@b.example", string.Join(' ', fact.Cc.Select(id => mail[id])));
        Assert.Equal("Re: Grüße to all", fact.Subject);
        Assert.Equal([MessageKey.Of("question-1@b.example")], fact.InReplyTo);
        Assert.Equal([MessageKey.Of("first@b.example")], fact.References);
        Assert.Equal("support@acme.example", mail[fact.List]);
        Assert.Equal(Signs.ListHeaders, fact.Signs);
        Assert.Equal(24, fact.ConversationIndex.Length);
        Assert.Equal(Encoding.UTF8.GetByteCount(SomeMail.Answer), fact.Size);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void An_mbox_is_split_at_dated_From_lines_only(string lineEnd)
    {
        var mail = MailRead.Text(SomeMail.Mbox.Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.Equal("one, two, three", string.Join(", ", mail.Messages.Select(m => m.Subject)));
        Assert.Equal("b@b.example", mail[mail.Messages[1].From]);
        Assert.Equal("2020-03-04T15:15:00Z", $"{mail.Messages[1].At}");
        Assert.True(mail.Messages[2].Key != MessageKey.None && mail.Messages[2].MessageId.Length == 0);
        Assert.Empty(mail.Damaged);
    }

    [Theory]
    [InlineData(0, "outer, next")]
    [InlineData(1, "outer, inner, next")]
    public void A_Content_Length_counts_only_when_a_From_line_stands_exactly_at_its_end(int off, string subjects)
    {
        const string from = "From a@b.example Tue Mar  3 10:15:30 2020\n";
        const string inner = "text\n\n" + from + "Subject: inner\n\ninner text\n";
        var mail = MailRead.Text($"{from}Subject: outer\nContent-Length: {inner.Length - 3 * off}\n\n{inner}\n{from}Subject: next\n\n");

        Assert.Equal(subjects, string.Join(", ", mail.Messages.Select(m => m.Subject)));
    }

    [Fact]
    public void A_header_block_without_end_is_damaged_and_the_next_message_is_read()
    {
        const string from = "From a@b.example Tue Mar  3 10:15:30 2020\n";
        var endless = string.Concat(Enumerable.Repeat("X-Much: " + new string('x', 1000) + "\n", 1100));
        var mail = MailRead.Text($"{from}Subject: one\n\n{from}{endless}Subject: two\n\n{from}Subject: three\n\n");

        Assert.Equal("one, three", string.Join(", ", mail.Messages.Select(m => m.Subject)));
        Assert.Contains("longer than 1024 KiB", Assert.Single(mail.Damaged).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_files_are_read_even_when_joined_and_a_broken_one_is_damaged_at_its_end()
    {
        var packed = Pack(SomeMail.Mbox);
        Assert.Equal(6, MailRead.Bytes([.. packed, .. Pack(SomeMail.Mbox)]).Messages.Count);

        var broken = MailRead.Bytes(packed[..^40]);
        Assert.Contains("cannot be read to its end", Assert.Single(broken.Damaged).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_are_read_once_however_links_go_and_unfinished_mail_is_passed_over()
    {
        var folder = Directory.CreateTempSubdirectory("onbehalf");
        try
        {
            foreach (var name in new[] { "cur", "new", "tmp" })
            {
                folder.CreateSubdirectory(name);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name, "1:2,S"),
                    $"Subject: {name}\n\n", TestContext.Current.CancellationToken);
            }
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "cur", "loop"), folder.FullName);
            await File.WriteAllBytesAsync(
                Path.Combine(folder.FullName, "old.gz"), Pack(SomeMail.Mbox), TestContext.Current.CancellationToken);

            var mail = await MailRead.PathsAsync([folder.FullName]);

            Assert.Equal("cur, new, one, three, two", string.Join(", ", mail.Messages.Select(m => m.Subject).Order()));
            Assert.Empty(mail.Damaged);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_a_mistake()
    {
        var mistake = await Assert.ThrowsAsync<Mistake>(() => MailRead.PathsAsync(["no/such/file.mbox"]));
        Assert.Equal("not_found", mistake.Code);
    }

    [Theory]
    [InlineData("Tue, 3 Mar 2020 10:15:30 +0100", "2020-03-03T09:15:30Z")]
    [InlineData("3 Mar 20 10:15 EST", "2020-03-03T15:15:00Z")]
    [InlineData("Mon, 03 Mar 2020 10:15:30 +0200 (CEST)", "2020-03-03T08:15:30Z")]
    [InlineData("Tue Mar  3 10:15:30 2020", "2020-03-03T10:15:30Z")]
    [InlineData("Tue, 3-Mar-2020 10:15:30 -0000", "2020-03-03T10:15:30Z")]
    [InlineData("2020-03-03T10:15:30.123+05:30", "2020-03-03T04:45:30Z")]
    [InlineData("Tue, 03 Mar 2020 10:15:30 GMT+0100", "2020-03-03T09:15:30Z")]
    [InlineData("3 Mar 99 00:00:00 Z", "1999-03-03T00:00:00Z")]
    [InlineData("Tue 3 Mar 2020 06:09:22 PM EST", "2020-03-03T23:09:22Z")]
    [InlineData("Tue 3 Mar 2020 12:09:22 AM EST", "2020-03-03T05:09:22Z")]
    [InlineData("Tue, 3 Mar 2020 00:19:00 (EST) -0500", "2020-03-03T05:19:00Z")]
    [InlineData("31 Feb 2020 10:15:30 +0000", "")]
    [InlineData("3 Mar 1979 10:15:30 +0000", "")]
    [InlineData("yesterday", "")]
    public void Dates(string text, string at) => Assert.Equal(at, $"{DateReader.Read(Encoding.ASCII.GetBytes(text))}");

    [Theory]
    [InlineData("=?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße")]
    [InlineData("=?utf-8?B?w4Q=?= =?utf-8?B?w5Y=?=", "ÄÖ")]
    [InlineData("=?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A4?=", "ä")]
    [InlineData("=?utf-8*de?Q?a_b?= c", "a b c")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?none?Q?x?=", "=?none?Q?x?=")]
    [InlineData("=?utf-8?Q?open", "=?utf-8?Q?open")]
    [InlineData("raw ü", "raw ü")]
    public void Encoded_words(string text, string read) => Assert.Equal(read, new EncodedWords().Read(Encoding.UTF8.GetBytes(text), 255));

    [Theory]
    [InlineData("\"A, B\" <a@b.example>", "a@b.example")]
    [InlineData("anna at acme.example (Anna)", "anna@acme.example")]
    [InlineData("<@r.example,@s.example:a@b.example>", "a@b.example")]
    [InlineData("Group: a@b.example, C <c@d.example>;, e@f.example", "a@b.example c@d.example e@f.example")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("root", "root")]
    [InlineData("\"a b\"@c.example, \"d\"@e.example", "\"a b\"@c.example d@e.example")]
    [InlineData("a . b @ c . example", "a.b@c.example")]
    [InlineData("=?utf-8?Q?Anna_=3Ca=40b.example=3E?=", "a@b.example")]
    [InlineData("Foo Bar <>, \"open <a@b.example>", "a@b.example")]
    [InlineData("anna@b.exam <anna@b.example>", "anna@b.example")]
    public void Addresses_of(string text, string read)
    {
        var addresses = new Addresses();
        var found = new AddressId[10];
        var count = new AddressReader(addresses, new()).Read(Encoding.UTF8.GetBytes(text), found);
        Assert.Equal(read, string.Join(' ', found.Take(count).Select(id => addresses[id])));
    }

    [Theory]
    [InlineData("From a@b.example Tue Mar  3 10:15:30 2020", true)]
    [InlineData("From a at b.example  Tue Mar  3 10:15:30 2020", true)]
    [InlineData("From a@b.example Tue Mar  3 10:15:30 +0100 2020", true)]
    [InlineData("From a@b.example Tue Mar  3 10:15 CET 2020", true)]
    [InlineData("From - 2020-03-03T10:15:30Z", true)]
    [InlineData("From a@b.example", false)]
    [InlineData("From what I saw on Tue Mar  3 10:15:30 2020 it broke", false)]
    [InlineData("From Tue on it works", false)]
    public void From_lines(string line, bool splits) => Assert.Equal(splits, FromLine.Is(Encoding.ASCII.GetBytes(line)));

    static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
