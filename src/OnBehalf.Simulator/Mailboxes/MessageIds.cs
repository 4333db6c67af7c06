using System.Globalization;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>Message-IDs as the programs that make them write them.</summary>
static class MessageIds
{
    public static string Of(Letter letter, bool rewritten)
    {
        var seed = letter.IdSeed;
        if (rewritten) return Text($"<{Chance.Mix(seed, 9):x16}@gateway.{Company.Domain}>");
        if (letter.IsOutbound || IsFromExchange(letter)) return FromExchange(seed);
        return letter.Form switch
        {
            LetterForm.Newsletter => Text($"<{seed:x}.{Chance.Mix(seed, 1) % 100_000}@bounce.lists.example>"),
            LetterForm.Notification => Text($"<{seed:x}@host.{Company.Domain}>"),
            _ => FromClient(letter.Talk.Outside, seed),
        };
    }

    static bool IsFromExchange(Letter letter) =>
        letter.Form is LetterForm.Undeliverable or LetterForm.MeetingRequest or LetterForm.MeetingAnswer or LetterForm.ChatCopy
        || (letter.Talk.Outside.Client == MailClient.Outlook && letter.Form != LetterForm.Newsletter
            && letter.Form != LetterForm.Notification);

    static string FromExchange(ulong seed)
    {
        var server = Text($"AM0PR04MB{seed % 9_000 + 1_000}");
        return Text($"<{server}{Chance.Mix(seed, 2):X16}{Chance.Mix(seed, 3) % 0xFFFFF:X5}E@{server}.eurprd04.prod.outlook.com>");
    }

    static string FromClient(Customer customer, ulong seed) => customer.Client switch
    {
        MailClient.Gmail => Text($"<CAF{Chance.Mix(seed, 2):x16}_{Chance.Mix(seed, 3):x12}@mail.gmail.com>"),
        MailClient.AppleMail => Text($"<{Chance.GuidFrom(seed).ToString("D").ToUpperInvariant()}@{DomainOf(customer)}>"),
        _ => Text($"<{Chance.GuidFrom(seed):D}@{DomainOf(customer)}>"),
    };

    static string DomainOf(Customer customer) => customer.Address[(customer.Address.IndexOf('@') + 1)..];

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
