using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;
using OnBehalf.Tests.Sources.Files;

namespace OnBehalf.Tests.Fuzzing;

/// <summary>Whatever the bytes, the mail-file readers take them, and pieces of any size give the same facts.</summary>
public class MailFileFuzz
{
    static readonly Chunk Piece = new(1 << 20);

    static readonly string[] Words =
    [
        "From a Tue Mar  3 10:15:30 2020\n", "From ", "From: ", "To: ", "Date: ", "Subject: ", "Message-ID: <",
        "References: ", "Content-Length: 30\n", "=?utf-8?q?", "=?gb18030?b?", "=?utf-7?q?", "=?x-mac-japanese?q?",
        "=?iso-2022-kr?q?", "=?hz-gb-2312?q?~{", "=?big5?b?", "mailto:", " at ", "undisclosed-recipients:;",
    ];

    [Fact]
    public void Any_bytes_can_be_read_in_pieces_of_any_size_with_the_same_result()
    {
        Fuzz.Run("mail files", SomeMail.All, bytes =>
        {
            var whole = Split(bytes, bytes.Length);
            var pieces = Split(bytes, 1 + bytes.Length % 97);
            if (whole != pieces) throw new InvalidOperationException($"In pieces:\n{pieces}\nnot\n{whole}");
        }, Words);
    }

    [Fact]
    public void Any_address_list_can_be_read()
    {
        var (addresses, words) = (new Addresses(), new EncodedWords());
        var (reader, room) = (new AddressReader(addresses, words), new AddressId[20]);
        var seeds = Seeds(
            "\"A, B\" <a@b.example>, (x) c@d.example (y), g: e@f.example;, <@r.example:h@i.example>",
            "anna at acme.example (Anna)", "=?utf-8?q?a=40b.example?= <x . y @ z.example>, \"q w\"@e.example");
        Fuzz.Run("address lists", seeds, bytes =>
        {
            // The book of addresses grows in leaps that have nothing to do with one input.
            if (addresses.Count > 10_000) reader = new(addresses = new(), words);
            reader.Read(bytes, room);
        }, Words);
    }

    [Fact]
    public void Any_date_can_be_read() => Fuzz.Run("dates",
        Seeds("Tue, 3 Mar 2020 10:15:30 +0100 (CET)", "3-Mar-20 10:15 PM EST", "2020-03-03T10:15:30.5+01:00",
            "Tue Mar  3 10:15:30 GMT 2020"),
        bytes => DateReader.Read(bytes), "Feb 29 ", "12:", "+0530", "-99", "24", "9999", "AM");

    [Fact]
    public void Any_encoded_words_can_be_read()
    {
        var words = new EncodedWords();
        Fuzz.Run("encoded words", Seeds("=?utf-8?Q?Gr=C3?= =?utf-8?B?vMOfZQ==?= a =?iso-8859-1*de?q?=E4?=", "=?x?q?y?= =?utf-8?q?"),
            bytes =>
            {
                if (words.Read(bytes, 255).Length > 255) throw new InvalidOperationException("Too long.");
            }, Words);
    }

    [Fact]
    public void Any_ids_can_be_read()
    {
        var ids = new IdReader();
        Fuzz.Run("message ids",
            Seeds("<a@b.example> <c@\r\n d.example>, <<e@f.example>", "a@b.example", "Your message of <g@h.example> (i)"),
            bytes =>
            {
                IdReader.Unfolded(IdReader.Own(bytes));
                if (IdReader.InReplyTo(bytes).Length > MailLimits.InReplyTo
                    || ids.References(bytes, bytes.AsSpan(0, bytes.Length / 2)).Length > MailLimits.References)
                    throw new InvalidOperationException("Too many.");
            }, Words);
    }

    [Fact]
    public void Any_line_may_start_a_message_or_not() => Fuzz.Run("From lines",
        Seeds("From a@b.example Tue Mar  3 10:15:30 +0100 2020", "From - 2020-03-03T10:15:30Z", "From a Tue Mar 3 10:15 CET 2020"),
        bytes => FromLine.Is(bytes), "Feb 29 ", "12:", " +0530", "-99", "24", "9999", "Wed ");

    [Fact]
    public void Any_file_of_agents_is_read_or_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            Fuzz.Run("agents", Seeds("Name,Address\nAnna Larsen,anna@acme.example\n\"Ben \"\"B\"\"\",ben@acme.example,b@acme.example\r\n"),
                bytes =>
                {
                    File.WriteAllBytes(path, bytes);
                    Refusal.IsAMistake(() => AgentsFile.Read(path));
                }, "\"\"", "\"", ",,,,", "a@b.example");
        }
        finally
        {
            File.Delete(path);
        }
    }

    static IReadOnlyList<byte[]> Seeds(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    string Split(byte[] bytes, int size)
    {
        var (names, addresses, batch) = (new HeaderNames(["Reply-To"]), new Addresses(), new MailBatch());
        var reader = new ChunkReader(names, addresses, batch);
        var chunk = Piece;
        chunk.Begins = "some.mbox";
        for (var at = 0; ; at += size)
        {
            chunk.Length = Math.Min(size, bytes.Length - at);
            bytes.AsSpan(at, chunk.Length).CopyTo(chunk.Room);
            chunk.IsLast = at + size >= bytes.Length;
            reader.Read(chunk);
            if (chunk.IsLast) break;
            chunk.Begins = null;
        }
        var page = batch.Take(0);
        return new MailRead([.. page.Messages], [.. page.Damaged], addresses).Render();
    }
}
