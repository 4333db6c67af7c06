using System.Runtime.ExceptionServices;
using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;
using OnBehalf.Tests.Fuzzing;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>Mail that is made to take long, or to hide something.</summary>
public sealed class HostileMail
{
    static string Many(int count, Func<int, string> piece) => string.Concat(Enumerable.Range(0, count).Select(piece));

    [Fact]
    public void References_to_answered_messages_are_read_in_the_time_of_their_length()
    {
        var ids = new IdReader();
        Growth.IsLinear(
            bytes => ids.References(bytes, bytes.AsSpan(0, bytes.Length - 1)), 400, n => Many(n, i => $"<{n - i:000000}@b.example> "));
    }

    [Fact]
    public void A_reference_that_is_answered_anyway_is_left_out_and_no_other()
    {
        var answered = Many(MailLimits.InReplyTo, i => $"<{i}@b.example> ");
        var references = new IdReader().References(
            Encoding.ASCII.GetBytes("<0@b.example> <x@b.example> <19@b.example> <@b.example>"), Encoding.ASCII.GetBytes(answered));
        Assert.Equal([MessageKey.Of("x@b.example"), MessageKey.Of("@b.example")], references);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("\"")]
    [InlineData("<\"")]
    [InlineData("<")]
    [InlineData("(")]
    [InlineData("</")]
    public void Address_lists_that_open_and_never_close_are_read_in_the_time_of_their_length(string open)
    {
        var reader = new AddressReader(new Addresses(), new());
        var room = new AddressId[MailLimits.Addresses];
        Growth.IsLinear(bytes => reader.Read(bytes, room), 4000 / open.Length, n => Many(n, _ => open));
    }

    [Theory]
    [InlineData("=?utf-8?q?", "")]
    [InlineData("=?x-none?q?a", "?=")]
    [InlineData("=?", "?=")]
    public void Encoded_words_that_end_nowhere_are_read_in_the_time_of_their_length(string word, string end)
    {
        var words = new EncodedWords();
        Growth.IsLinear(bytes => words.Read(bytes, int.MaxValue), 4000, n => Many(n, _ => word) + end);
    }

    [Fact]
    public void A_charset_that_nobody_knows_throws_nothing()
    {
        var thrown = 0;
        var thread = Environment.CurrentManagedThreadId;
        void Count(object? sender, FirstChanceExceptionEventArgs e) =>
            thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            foreach (var name in (string[])["x-none", "utf-7", "utf-9", "17", "-", "x-user-defined", "iso-8859-99", "unknown-8bit"])
                Assert.Null(Charsets.Find(Encoding.ASCII.GetBytes(name)));
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }
        Assert.Equal(0, thrown);
    }

    // What the framework calls them; UTF-7 it refuses.
    [Fact]
    public void Every_encoding_of_the_framework_is_found_by_every_name_it_has()
    {
        var codePages = CodePagesEncodingProvider.Instance.GetEncodings().Select(e => e.Name);
        foreach (var name in codePages.Concat(Encoding.GetEncodings().Select(e => e.Name)))
            Assert.True(Charsets.Find(Encoding.ASCII.GetBytes(name)) is not null, name);
        foreach (var name in (string[])["utf-16le", "ucs-2", "latin1", "l1", "ibm819", "us", "cp367", "utf-32be", "unicode"])
            Assert.True(Charsets.Find(Encoding.ASCII.GetBytes(name)) is not null, name);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("From a@b.example Tue Mar  3 10:15:30 2020\n", "message 1 at byte 42")]
    public void A_header_past_its_limit_is_read_in_part_and_the_message_is_listed(string fromLine, string place)
    {
        var id = new string('a', 98) + "@b.example";
        string Of(int count) => $"{fromLine}Subject: one\nReferences: " + Many(count, i => $"\n <{i}{id}>") + "\n\ntext\n";

        var within = MailRead.Text(Of(MailLimits.Field / 130));
        Assert.Empty(within.Damaged);

        var cut = MailRead.Text(Of(MailLimits.Field / 100));
        Assert.Equal("one", Assert.Single(cut.Messages).Subject);
        var damage = Assert.Single(cut.Damaged);
        Assert.Equal("Read in part: a header is longer than 64 KiB.", damage.Reason);
        Assert.Contains(place, damage.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_whose_claim_is_believed_stays_listed_for_its_long_header()
    {
        const string from = "From a@b.example Tue Mar  3 10:15:30 2020\n";
        const string inner = "text\n\n" + from + "Subject: inner\n\ninner text\n";
        var subject = new string('s', MailLimits.Field + 1);
        var mail = MailRead.Text($"{from}Subject: {subject}\nContent-Length: {inner.Length}\n\n{inner}\n{from}Subject: next\n\n");

        Assert.Equal(2, mail.Messages.Count);
        Assert.Single(mail.Damaged);
    }
}
