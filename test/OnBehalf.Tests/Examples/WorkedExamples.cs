using OnBehalf.Store.Preferences;
using static OnBehalf.Tests.Examples.Example;

namespace OnBehalf.Tests.Examples;

/// <summary>
/// The worked examples of docs/metrics.md, row by row: the one table that the engine's tests and those of the API read, and
/// that the document is held against.
/// </summary>
static class WorkedExamples
{
    const string Office = "Mon-Fri 09:00-17:00";
    const string Early = "Mon-Fri 08:00-17:00";

    public static IReadOnlyList<Example> All { get; } =
        [.. Clocks(), .. Promises(), .. Counts(), .. Kinds(), .. Authors(), .. Precedence()];

    static IEnumerable<Example> Clocks() =>
    [
        Clock("Tue 16:30 to Wed 10:30", Office, "Tue 2026-01-13 16:30", "Wed 2026-01-14 10:30", "7200 64800 0"),
        Clock("Tue 20:00 to Wed 09:15", Office, "Tue 2026-01-13 20:00", "Wed 2026-01-14 09:15", "900 47700 0"),
        Clock("Fri 16:30 to Mon 09:15", Office, "Fri 2026-01-16 16:30", "Mon 2026-01-19 09:15", "2700 233100 0"),
        Clock("Sat 12:00 to Mon 10:00", Office, "Sat 2026-01-17 12:00", "Mon 2026-01-19 10:00", "3600 165600 0"),
        Clock("Sat 10:00 to Sun 11:00", Office, "Sat 2026-01-17 10:00", "Sun 2026-01-18 11:00", "0 90000 1"),
        Clock("08:00–17:00; 13:00 to 21:00", Early, "Tue 2026-01-13 13:00", "Tue 2026-01-13 21:00", "14400 28800 0"),
        Clock("08:00–17:00; 07:00 to 08:05", Early, "Tue 2026-01-13 07:00", "Tue 2026-01-13 08:05", "300 3900 0"),
        Clock("08:00–17:00; 16:00 to 18:27", Early, "Tue 2026-01-13 16:00", "Tue 2026-01-13 18:27", "3600 8820 0"),
        Clock("08:00–17:00; 18:00 to 18:27", Early, "Tue 2026-01-13 18:00", "Tue 2026-01-13 18:27", "0 1620 1"),
        Clock("07:00–21:00; Sun 09:00 to Mon 08:00", "Mon-Fri 07:00-21:00", "Sun 2026-01-18 09:00", "Mon 2026-01-19 08:00",
            "3600 82800 0"),
        Clock("09:00–12:00 and 13:00–17:00; 11:30 to 13:30", "Mon-Fri 09:00-12:00, 13:00-17:00",
            "Tue 2026-01-13 11:30", "Tue 2026-01-13 13:30", "3600 7200 0"),
        Clock("08:00–17:00 and Sat 08:00–12:00; Fri 16:00 to Sat 09:00", "Mon-Fri 08:00-17:00; Sat 08:00-12:00",
            "Fri 2026-01-16 16:00", "Sat 2026-01-17 09:00", "7200 61200 0"),
    ];

    // Mailbox clock, calendar, and the share out of hours.
    static Example Clock(string row, string week, string received, string answered, string expected)
    {
        var parts = expected.Split(' ');
        return new(row, [new(received, Customer, Mailbox), new(answered, Mailbox, Customer)],
            new Asking("metrics=response_time&clock=mailbox", parts[0]), new Asking("metrics=first_response_time", parts[1]),
            new Asking("metrics=out_of_hours_share", parts[2])) { Settings = Company(week) };
    }

    static IEnumerable<Example> Promises() =>
    [
        new("an hour promised; Fri 16:30", [new("Fri 2026-01-16 16:30", Customer, Mailbox)],
            new Asking("metrics=sla_at_risk,sla_breached&as-of=2026-01-19T08:30:00Z", "1 0"),
            new Asking("metrics=sla_at_risk,sla_breached&as-of=2026-01-19T08:30:01Z", "0 1"))
        {
            Settings = Company(Office) with { SlaPolicies = [new() { Name = "An hour", FirstMinutes = 60 }] },
        },
    ];

    static Letter[] OverNineDays =>
        [new("Tue 2026-09-01 12:00", Customer, Mailbox), new("Thu 2026-09-10 12:00", Mailbox, Customer)];

    static IEnumerable<Example> Counts() =>
    [
        new("customer 1:00, 1:10, 1:15; reply 1:20",
            [
                new("Tue 2026-01-13 01:00", Customer, Mailbox), new("Tue 2026-01-13 01:10", Customer, Mailbox),
                new("Tue 2026-01-13 01:15", Customer, Mailbox), new("Tue 2026-01-13 01:20", Mailbox, Customer),
            ],
            new Asking("metrics=response_time,replied,inflow", "1200 3 1")),
        new("received 1 Sep, answered 10 Sep; range 1 Sep", OverNineDays,
            new Asking("metrics=received,sent,replied&from=2026-09-01&through=2026-09-01", "1 0 1")),
        new("the same; range 10 Sep", OverNineDays,
            new Asking("metrics=received,sent,replied&from=2026-09-10&through=2026-09-10", "0 1 0")),
        new("the same; range 1 to 10 Sep", OverNineDays,
            new Asking("metrics=received,sent,replied&from=2026-09-01&through=2026-09-10", "1 1 1")),
        new("one mail to two recipients", [new("Tue 2026-09-01 09:00", Mailbox, Customer, "other@customer.example")],
            new Asking("metrics=sent,messages", "1 2")),
        new("one internal and one external recipient", [new("Tue 2026-09-01 09:00", Mailbox, "boss@acme.example", Customer)],
            new Asking("metrics=sent&dimensions=internal", "external 1")),
    ];

    static Letter[] WithThanks =>
    [
        new("Tue 2026-09-01 09:00", Customer, Mailbox), new("Tue 2026-09-01 10:00", Mailbox, Customer),
        new("Tue 2026-09-01 10:30", Customer, Mailbox),
    ];

    static IEnumerable<Example> Kinds() =>
    [
        new("an automatic reply at once, the agent after 3 h",
            [
                new("Tue 2026-09-01 09:00", Customer, Mailbox), new("Tue 2026-09-01 09:01", Mailbox, Customer) { IsAutomatic = true },
                new("Tue 2026-09-01 12:00", Mailbox, Customer),
            ],
            new Asking("metrics=sent,response_time&dimensions=kind&direction=Outbound", "AutoReply 1 –; Human 1 10800")),
        new("forwarded to a colleague after 1 h, answered after 2 h",
            [
                new("Tue 2026-09-01 09:00", Customer, Mailbox), new("Tue 2026-09-01 10:00", Mailbox, "boss@acme.example"),
                new("Tue 2026-09-01 11:00", Mailbox, Customer),
            ],
            new Asking("metrics=response_time,touches", "7200 1")),
        new("reply, then the customer's thanks", WithThanks, new Asking("metrics=received,still_waiting,outflow", "2 1 0")),
        new("the same, where a rule exempts short thanks", WithThanks,
            new Asking("metrics=received,still_waiting,outflow,resolution_time,no_reply_needed_rate", "2 0 1 3600 0.5"))
        {
            Settings = new() { NoReplyNeeded = new() { ShortThanks = true } },
        },
    ];

    static Letter[] Answered =>
        [new("Tue 2026-09-01 09:00", Customer, Mailbox), new("Tue 2026-09-01 10:00", Mailbox, Customer)];

    static IEnumerable<Example> Authors() =>
    [
        new("John sends for the mailbox, Send on Behalf",
            [Answered[0], Answered[1] with { Sender = John }],
            new Asking("metrics=known&dimensions=agent,evidence&direction=Outbound", "john@acme.example OnBehalf 1")),
        new("John holds both rights; the audit record arrives 70 min later", Answered,
            new Asking("metrics=known&dimensions=agent,evidence&direction=Outbound", "john@acme.example AuditSendAs 1"))
        {
            Settings = Audited(true), AuditBy = John,
            Before = [new("metrics=pending,known,unattributed&as-of=2026-09-01T09:10:00Z", "1 0 0")],
        },
        new("the same, no audit source", Answered,
            new Asking("metrics=unattributed&dimensions=reason&direction=Outbound", "SendAsNoAuditSource 1")) { Settings = Audited(false) },
        new("the audit record first, the message 2 h later; the same record twice", Answered,
            new Asking("metrics=sent,known,coverage&dimensions=agent&direction=Outbound", "john@acme.example 1 1 1"))
        {
            Settings = Audited(true), AuditBy = John, IsAuditFirst = true, Records = 2,
        },
    ];

    // The mailbox's own hours open half an hour earlier than the company's.
    static IEnumerable<Example> Precedence() =>
    [
        Hours("company hours, the mailbox's own", Office, HoursOf.Custom, "4500"),
        Hours("no company hours, the mailbox's own", null, HoursOf.Custom, "4500"),
        Hours("company hours, ignored by the mailbox", Office, HoursOf.Ignored, "233100"),
        Hours("no company hours, ignored by the mailbox", null, HoursOf.Ignored, "233100"),
        Hours("company hours, nothing of the mailbox", Office, HoursOf.Company, "2700"),
        Hours("no company hours, nothing of the mailbox", null, HoursOf.Company, "233100"),
    ];

    static Example Hours(string row, string? company, HoursOf hours, string expected) => new(row,
        [new("Fri 2026-01-16 16:30", Customer, Mailbox), new("Mon 2026-01-19 09:15", Mailbox, Customer)],
        new Asking("metrics=response_time&clock=mailbox", expected))
    {
        Settings = (company is null ? new() : Company(company)) with
        {
            Mailboxes =
            [
                new() { Address = Mailbox, Hours = hours, Schedule = [new() { Zone = Zone, Week = "Mon-Fri 08:30-17:00" }] },
            ],
        },
    };

    static Settings Company(string week) => new() { CompanySchedule = [new() { Zone = Zone, Week = week }] };

    static Settings Audited(bool isConnected) => new()
    {
        Mailboxes = [new() { Address = Mailbox, AuditConnected = isConnected }],
    };
}
