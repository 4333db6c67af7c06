namespace OnBehalf.Sources.Files;

/// <summary>
/// How much of a mail file is looked at. Files come from anywhere; past a limit the message is damaged or the rest is
/// left out, and the import goes on.
/// </summary>
static class MailLimits
{
    /// <summary>Bytes of one header field that are read; the rest is left out, and the message is listed for it.</summary>
    public const int Field = 64 * 1024;

    /// <summary>Bytes of one header block. A message with a longer one is damaged.</summary>
    public const int HeaderBlock = 1024 * 1024;

    /// <summary>Bytes of a line that may start a message in an mbox: RFC 5322, section 2.1.1, allows 998 to a line.</summary>
    public const int FromLine = 998;

    /// <summary>Addresses of one message, over all its headers; further ones are left out.</summary>
    public const int Addresses = 1000;

    /// <summary>Bytes of one address; RFC 5321, section 4.5.3.1, allows 64 + 1 + 255. X500 names are longer.</summary>
    public const int Address = 1000;

    /// <summary>
    /// Keys of References that are kept, the last ones: the parent is the last one, and a chain of twenty missing
    /// ancestors is not mended by a twenty-first.
    /// </summary>
    public const int References = 20;

    /// <summary>Keys of In-Reply-To that are kept.</summary>
    public const int InReplyTo = 20;

    /// <summary>Bytes of a Message-ID; RFC 5322 folds at 998. A longer one is cut.</summary>
    public const int MessageId = 998;

    /// <summary>
    /// Messages of a page, of which several are stored in one transaction. Of a larger one more is in memory when the youngest
    /// generation is cleared away: with 10,000 an import takes 50 MB more and no less time.
    /// </summary>
    public const int Page = 1_000;

    /// <summary>Messages of the first page, which is small so that storing, too, begins soon.</summary>
    public const int FirstPage = 250;

    /// <summary>
    /// Messages that are held back while it is open whether they lie inside another one, as its Content-Length claims.
    /// A claim over more than these is not believed.
    /// </summary>
    public const int InsideClaim = 1000;

    /// <summary>Bytes of a Thread-Index: 22 for the first message and 5 for each answer (MS-OXOMSG, section 2.2.1.3).</summary>
    public const int ConversationIndex = 22 + 5 * 200;

    /// <summary>Links of the file system that are followed to find out where a path leads.</summary>
    public const int Links = 40;
}
