using System.Globalization;
using System.Text;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Exports;

/// <summary>A letter as the text a mail program stores: headers as Exchange writes them, an empty line, a short body.</summary>
static class MimeText
{
    /// <summary>RFC 5322 asks for lines of at most 78 characters.</summary>
    const int LongestLine = 78;

    public static byte[] Of(Company company, StoredMessage message)
    {
        var letter = message.Letter;
        var isReceived = !letter.IsOutbound || letter.Right == SendRight.OwnName;
        var headers = isReceived ? Headers.Received(company, letter) : Headers.Sent(company, letter);
        var text = new StringBuilder(2_048);
        foreach (var (name, value) in headers) Fold(text, name, value);
        text.Append("\r\n").Append(LetterText.Of(letter));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Fold(StringBuilder text, string name, string value)
    {
        text.Append(CultureInfo.InvariantCulture, $"{name}:");
        var column = name.Length + 1;
        foreach (var word in value.Split(' '))
        {
            if (column + word.Length + 1 > LongestLine && column > name.Length + 1)
            {
                text.Append("\r\n");
                column = 0;
            }
            text.Append(' ').Append(word);
            column += word.Length + 1;
        }
        text.Append("\r\n");
    }
}
