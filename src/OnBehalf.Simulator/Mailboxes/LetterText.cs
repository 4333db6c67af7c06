using System.Globalization;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>What letters say. Nobody measures it; it is there so that a reader who asks for bodies gets some.</summary>
static class LetterText
{
    static readonly string[] Sentences =
    [
        "thank you for your patience.", "we are still waiting.", "the parcel has not arrived.", "please see the number above.",
        "I have looked into it.", "could you confirm the address?", "it should be with you on Friday.", "kind regards.",
    ];

    public static string Of(Letter letter)
    {
        var first = letter.IdSeed % (ulong)Sentences.Length;
        var second = (letter.IdSeed >> 8) % (ulong)Sentences.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"Hello,\r\n\r\n{letter.Talk.Topic}: {Sentences[first]} {Sentences[second]}\r\n");
    }
}
