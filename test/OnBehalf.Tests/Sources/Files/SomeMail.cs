using System.Text;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>Invented mail to start from.</summary>
static class SomeMail
{
    /// <summary>An ordinary answer.</summary>
    public const string Answer = """
        Return-Path: <anna@acme.example>
        From: "Larsen, Anna" <anna@acme.example>
        To: Support <support@acme.example>, "B, C" <c@b.example>, team: d@b.example, e@b.example;
        Cc: f at b.example (Old Archive), <@route.example:g@b.example>
        Reply-To: anna.larsen@acme.example
        Sender: support@acme.example
        Date: Tue, 3 Mar 2020 10:15:30 +0100 (CET)
        Subject: =?utf-8?Q?Re=3A_Gr=C3=BC?= =?utf-8?B?w59l?= to all
        Message-ID: <answer-1@acme.example>
        In-Reply-To: <question-1@b.example>
        References: <first@b.example>
         <question-1@b.example>
        List-Id: Support <support.acme.example>
        List-Post: <mailto:support@acme.example>
        Thread-Index: AdXxAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        Auto-Submitted: no
        Content-Type: text/plain; charset=utf-8
        Content-Length: 12

        Hello there

        """;

    /// <summary>Three messages, with and without an empty line before them.</summary>
    public const string Mbox = """
        From anna@acme.example Tue Mar  3 10:15:30 2020
        From: anna@acme.example
        Date: Tue, 3 Mar 2020 10:15:30 +0100
        Subject: one
        Message-ID: <one@acme.example>

        From here on it is text.
        >From quoted Tue Mar  3 10:15:30 2020

        From b at b.example  Wed Mar  4 10:15:30 2020
        From: b at b.example (B)
        Date: 4 Mar 20 10:15 EST
        Subject: two
        Message-ID: <two@b.example>
        In-Reply-To: <one@acme.example>

        text
        From c@b.example Thu Mar  5 10:15:30 +0100 2020
        From: c@b.example
        Subject: three

        """;

    /// <summary>A bounce, with what is rare.</summary>
    public const string Bounce = "Return-Path: <>\r\nFrom: MAILER-DAEMON@b.example\r\nTo: \"a\\\"b\"@b.example\r\n"
        + "Date: 2020-03-03T10:15:30Z\r\nSubject: =?iso-2022-jp?B?GyRCJDMkcxsoQg==?=\r\nX-Failed-Recipients: x@b.example\r\n"
        + "Content-Type: multipart/report;\r\n report-type=delivery-status\r\nMessage-ID: <b@b.example>\r\n\r\n.\r\n";

    /// <summary>All of it, as bytes.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
        [.. new[] { Answer, Mbox, Bounce, Mbox.Replace("\n", "\r\n", StringComparison.Ordinal) }.Select(Encoding.UTF8.GetBytes)];
}
