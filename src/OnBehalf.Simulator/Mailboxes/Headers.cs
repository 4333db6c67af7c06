using System.Globalization;
using System.Text;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>The internet headers of a letter, in the order a server keeps them.</summary>
static class Headers
{
    const int LongestChain = 12;

    /// <summary>As Exchange keeps them with a received letter.</summary>
    public static List<(string Name, string Value)> Received(Company company, Letter letter)
    {
        var envelope = new Envelope(company, letter);
        var date = Date(company.At(letter.At));
        var headers = new List<(string, string)>(24)
        {
            ("Received", $"from AM0PR04MB{letter.IdSeed % 9_000 + 1_000}.eurprd04.prod.outlook.com" +
                $" by VI1PR04MB4196.eurprd04.prod.outlook.com with HTTPS; {date}"),
            ("Received", $"from mx{letter.IdSeed % 7}.{letter.Talk.Outside.Address.Split('@')[1]}" +
                $" (203.0.113.{letter.IdSeed % 250}) by AM0PR04MB4196.mail.protection.outlook.com; {date}"),
        };
        Common(company, letter, envelope, headers);
        headers.Add(("X-MS-Exchange-Organization-AuthAs", letter.IsOutbound ? "Internal" : "Anonymous"));
        headers.Add(("X-MS-Exchange-Organization-SCL", "1"));
        return headers;
    }

    /// <summary>As an exported sent letter carries them.</summary>
    public static List<(string Name, string Value)> Sent(Company company, Letter letter)
    {
        var headers = new List<(string, string)>(14);
        Common(company, letter, new Envelope(company, letter), headers);
        return headers;
    }

    static void Common(Company company, Letter letter, Envelope envelope, List<(string, string)> headers)
    {
        if (envelope.From is { } from)
        {
            headers.Add(("From", Show(from)));
            if (envelope.Sender is { } sender && sender != from) headers.Add(("Sender", Show(sender)));
        }
        var to = envelope.To;
        if (to.Count > 0) headers.Add(("To", to is [var one] ? Show(one) : string.Join(", ", to.Select(Show))));
        if (envelope.Cc.Count > 0) headers.Add(("CC", string.Join(", ", envelope.Cc.Select(Show))));
        headers.Add(("Subject", Encoded(envelope.Subject)));
        if (CarriesThreadIndex(company, letter))
        {
            headers.Add(("Thread-Topic", Encoded(letter.Talk.Topic)));
            headers.Add(("Thread-Index", Convert.ToBase64String(letter.Index)));
        }
        headers.Add(("Date", Date(company.At(letter.At + (letter.IsOutbound ? 0 : letter.ClockError)))));
        headers.Add(("Message-ID", letter.MessageId));
        if (letter.Parent is { } parent)
        {
            headers.Add(("References", string.Join(' ', Chain(parent))));
            headers.Add(("In-Reply-To", parent.IdSeenOutside));
        }
        headers.Add(("MIME-Version", "1.0"));
        headers.Add(("Content-Type", ContentType(letter)));
        headers.AddRange(OfForm(letter));
    }

    /// <summary>A client that knows no Thread-Index leaves it out; Exchange makes one for the stored copy all the same.</summary>
    static bool CarriesThreadIndex(Company company, Letter letter) =>
        letter.IsOutbound || !Chance.Hits(letter.Talk.Outside.Seed, Quirk.NoThreadIndex, company.Quirks[Quirk.NoThreadIndex]);

    static IEnumerable<string> Chain(Letter? parent)
    {
        var chain = new Stack<string>();
        for (Letter? letter = parent; letter is not null && chain.Count < LongestChain; letter = letter.Parent)
            chain.Push(letter.IdSeenOutside);
        return chain;
    }

    static string ContentType(Letter letter) => letter switch
    {
        { IsProtected: true } => "multipart/mixed; boundary=\"rpmsg\"",
        { Form: LetterForm.Undeliverable } => "multipart/report; report-type=delivery-status; boundary=\"ndr\"",
        { Form: LetterForm.ReadReceipt } => "multipart/report; report-type=disposition-notification; boundary=\"mdn\"",
        { Form: LetterForm.MeetingRequest } => "text/calendar; method=REQUEST; charset=utf-8",
        { Form: LetterForm.MeetingAnswer } => "text/calendar; method=REPLY; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    static (string, string)[] OfForm(Letter letter) => letter.Form switch
    {
        LetterForm.AbsenceNotice =>
            [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), ("Precedence", "auto_reply")],
        LetterForm.Acknowledgement => [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")],
        LetterForm.Newsletter =>
        [
            ("List-Id", $"Weekly news <news.{Names.Newsletters[letter.Talk.Seed % (ulong)Names.Newsletters.Length]}>"),
            ("List-Unsubscribe", "<https://lists.example/leave>"), ("Precedence", "bulk"),
        ],
        LetterForm.Notification => [("Auto-Submitted", "auto-generated"), ("X-Mailer", "cron")],
        LetterForm.Undeliverable =>
            [("Auto-Submitted", "auto-replied"), ("X-MS-Exchange-Message-Is-Ndr", ""), ("Return-Path", "<>")],
        LetterForm.ReadReceipt => [("Auto-Submitted", "auto-replied")],
        LetterForm.MeetingRequest or LetterForm.MeetingAnswer => [("Content-Class", "urn:content-classes:calendarmessage")],
        _ when letter.IsProtected => [("Content-Class", "rpmsg.message"), ("X-MS-Has-Attach", "yes")],
        _ => [],
    };

    /// <summary>The message class Exchange gives the stored letter.</summary>
    public static string MessageClass(Letter letter) => letter switch
    {
        { IsProtected: true } => "IPM.Note.rpmsg.Microsoft.IRM",
        { Form: LetterForm.Undeliverable } => "REPORT.IPM.Note.NDR",
        { Form: LetterForm.ReadReceipt } => "REPORT.IPM.Note.IPNRN",
        { Form: LetterForm.MeetingRequest } => "IPM.Schedule.Meeting.Request",
        { Form: LetterForm.MeetingAnswer } => "IPM.Schedule.Meeting.Resp.Pos",
        { Form: LetterForm.ChatCopy } => "IPM.SkypeTeams.Message",
        { Form: LetterForm.AbsenceNotice } => "IPM.Note.Rules.OofTemplate.Microsoft",
        _ => "IPM.Note",
    };

    static string Date(DateTime at) => at.ToString("ddd, d MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    static string Show(Party party) => party.Name == party.Address ? party.Address
        : IsPlain(party.Name) ? $"\"{party.Name}\" <{party.Address}>"
        : $"{Encoded(party.Name)} <{party.Address}>";

    /// <summary>RFC 2047 for what is not ASCII. Subjects and names here are short enough for one word.</summary>
    static string Encoded(string text) =>
        IsPlain(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    static bool IsPlain(string text) => Ascii.IsValid(text);
}
