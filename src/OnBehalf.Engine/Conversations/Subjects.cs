using System.Text;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>Subjects without what replying and forwarding puts in front of them.</summary>
public static class Subjects
{
    /// <summary>
    /// The subject in lower case, white space folded, without leading reply and forward prefixes in the languages
    /// Outlook writes them in, without counters (<c>Re[2]:</c>) and without leading list tags in square brackets.
    /// </summary>
    public static string Normalise(string subject)
    {
        var rest = subject.AsSpan().Trim();
        while (true)
        {
            var shorter = WithoutPrefix(rest);
            if (shorter.Length == rest.Length) break;
            rest = shorter.TrimStart();
        }
        return FoldWhiteSpace(rest);
    }

    /// <summary>The normalised subject as a number, for joins; 0 for an empty subject.</summary>
    public static ulong KeyOf(string subject)
    {
        var normal = Normalise(subject);
        return normal.Length == 0 ? 0 : Fingerprint.Of(Encoding.UTF8.GetBytes(normal));
    }

    // Reply and forward prefixes of Outlook's languages: en, de, fr, sv/no/da, nl, it, es/pt, fi, pl, cs, hu, zh.
    static readonly string[] Prefixes =
    [
        "re", "fw", "fwd", "aw", "wg", "tr", "réf", "sv", "vs", "vb", "antw", "doorst", "r", "i", "rif", "rv", "enc",
        "res", "vl", "odp", "pd", "vá", "továbbítás", "回复", "转发", "答复",
    ];

    static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> subject)
    {
        if (subject.Length > 2 && subject[0] == '[')
        {
            var close = subject.IndexOf(']');
            if (close > 0 && close < subject.Length - 1) return subject[(close + 1)..];
        }
        var colon = subject[..Math.Min(subject.Length, 20)].IndexOf(':');
        if (colon <= 0) return subject;
        var word = subject[..colon].TrimEnd();
        if (word[^1] is ']' or ')' && word.IndexOfAny('[', '(') is > 0 and var open) word = word[..open].TrimEnd();
        foreach (var prefix in Prefixes)
            if (word.Equals(prefix, StringComparison.OrdinalIgnoreCase)) return subject[(colon + 1)..];
        return subject;
    }

    static string FoldWhiteSpace(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        var pendingSpace = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) { pendingSpace = folded.Length > 0; continue; }
            if (pendingSpace) folded.Append(' ');
            pendingSpace = false;
            folded.Append(char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }
}
