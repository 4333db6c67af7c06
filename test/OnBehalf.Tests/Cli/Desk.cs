using System.Globalization;
using System.Text.Json.Nodes;

namespace OnBehalf.Tests.Cli;

/// <summary>
/// Three matters at an invented help desk: one answered by Anna on behalf of the desk, one answered with Send As, one that
/// waits.
/// </summary>
static class Desk
{
    public const string Mailbox = "support@acme.example";
    public const string Anna = "anna@acme.example";
    public const string Agents = @"@acme\.example$";
    public const string AnswerId = "answer-1@acme.example";
    public const string SendAsId = "answer-2@acme.example";

    /// <summary>Friday half past four.</summary>
    public static readonly DateTimeOffset Asked = new(2026, 1, 9, 16, 30, 0, TimeSpan.Zero);

    /// <summary>The Monday after it, a quarter past nine.</summary>
    public static readonly DateTimeOffset Answered = new(2026, 1, 12, 9, 15, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset AskedNext = new(2026, 1, 13, 10, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset AnsweredNext = new(2026, 1, 13, 11, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset StillAsked = new(2026, 1, 14, 10, 0, 0, TimeSpan.Zero);

    /// <summary>What Anna sent on behalf of the desk.</summary>
    public static string OnBehalf => Message(Answered, AnswerId, Mailbox, "carl@customer.example",
        $"Sender: Anna <{Anna}>", "In-Reply-To: <request-1@customer.example>", "Subject: Re: Order 17");

    static string[] Messages =>
    [
        Message(Asked, "request-1@customer.example", "carl@customer.example", Mailbox, "Subject: Order 17"),
        OnBehalf,
        Message(AskedNext, "request-2@customer.example", "dora@customer.example", Mailbox, "Subject: Invoice 4"),
        Message(AnsweredNext, SendAsId, Mailbox, "dora@customer.example",
            "In-Reply-To: <request-2@customer.example>", "Subject: Re: Invoice 4"),
        Message(StillAsked, "request-3@customer.example", "emil@customer.example", Mailbox, "Subject: Still here?"),
    ];

    /// <summary>How many messages there are.</summary>
    public static int Count => Messages.Length;

    /// <summary>The desk's mail as one mbox.</summary>
    public static string Mbox => MboxOf(Messages);

    public static string MboxOf(params string[] messages) =>
        string.Concat(messages.Select(m => $"From somebody Fri Jan  9 16:30:00 2026\n{m}\n"));

    public static string Message(DateTimeOffset at, string id, string from, string to, params string[] more) =>
        $"""
        Date: {at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000
        Message-ID: <{id}>
        From: {from}
        To: {to}
        {string.Join('\n', more)}

        Text that nobody keeps.

        """;

    /// <summary>The audit record of the message that was sent with Send As.</summary>
    public static string Audit => new JsonObject
    {
        ["CreationTime"] = AnsweredNext.ToString("s", CultureInfo.InvariantCulture),
        ["Id"] = "00000000-1111-4222-8333-000000000001",
        ["Operation"] = "SendAs",
        ["RecordType"] = 2,
        ["UserType"] = 0,
        ["LogonType"] = 2,
        ["Workload"] = "Exchange",
        ["UserId"] = Anna,
        ["MailboxOwnerUPN"] = Mailbox,
        ["SendAsUserSmtp"] = Mailbox,
        ["Item"] = new JsonObject { ["InternetMessageId"] = $"<{SendAsId}>", ["Subject"] = "Re: Invoice 4" },
    }.ToJsonString();

    /// <summary>Imports the desk's mail.</summary>
    public static Task<Outcome> ImportMailAsync(Shell shell) => shell.DoAsync(
        "import", "mail", shell.Write("desk.mbox", Mbox), "--mailbox", Mailbox, "--agents", Agents);

    /// <summary>Imports the desk's audit record.</summary>
    public static Task<Outcome> ImportAuditAsync(Shell shell) =>
        shell.DoAsync("import", "audit", shell.Write("audit.json", Audit));
}
