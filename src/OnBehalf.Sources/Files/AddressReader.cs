using System.Buffers;
using System.Text;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Reads addresses out of From, To and their like. Names are not kept. What archives write is understood, too:
/// <c>anna at acme.example</c>, addresses without a host, a bare address among words.
/// </summary>
sealed class AddressReader(Addresses addresses, EncodedWords encodedWords)
{
    static readonly SearchValues<byte> NotPlain = SearchValues.Create(" \t\r\n(\"'"u8);

    readonly byte[] _text = new byte[MailLimits.Address];

    /// <summary>Reads as many addresses as there is room for; says how many.</summary>
    public int Read(ReadOnlySpan<byte> list, Span<AddressId> into)
    {
        var count = 0;
        var parts = new AddressParts(list);
        while (count < into.Length && parts.MoveNext())
            if (Read(parts.Current, parts.IsAngle) is { IsNone: false } id) into[count++] = id;
        return count;
    }

    /// <summary>The first address of a list.</summary>
    public AddressId ReadFirst(ReadOnlySpan<byte> list)
    {
        Span<AddressId> first = [AddressId.None];
        Read(list, first);
        return first[0];
    }

    /// <summary>The address that the bytes are as they stand.</summary>
    public AddressId Intern(ReadOnlySpan<byte> address)
    {
        if (address.Length > MailLimits.Address) return AddressId.None;
        return Ascii.IsValid(address) ? addresses.Intern(address)
            : addresses.Intern((ReadOnlySpan<char>)Charsets.Guess(address).GetString(address));
    }

    AddressId Read(ReadOnlySpan<byte> text, bool isAngle)
    {
        if (text.StartsWith("@"u8)) text = text[(text.LastIndexOf((byte)':') + 1)..]; // A route: section 4.4.
        if (text.IsEmpty || text.Length > MailLimits.Address) return AddressId.None;
        if (text.IndexOf("=?"u8) >= 0) return ReadEncoded(text, isAngle);
        if (!text.ContainsAny(NotPlain)) return Intern(text);
        var plain = Plain(text);
        if (plain.IsEmpty || plain[0] == '/') return Intern(plain); // X500 names have blanks.
        var at = plain.LastIndexOf((byte)'@');
        return at < 0 ? ReadHostless(plain) : ReadAround(plain, at);
    }

    // Encoded words are not allowed here (RFC 2047, section 5), and are found here.
    AddressId ReadEncoded(ReadOnlySpan<byte> text, bool isAngle)
    {
        var decoded = Encoding.UTF8.GetBytes(encodedWords.Read(text, MailLimits.Address));
        if (decoded.AsSpan().IndexOf("=?"u8) >= 0) return isAngle ? Intern(text) : AddressId.None;
        var parts = new AddressParts(decoded);
        return parts.MoveNext() ? Read(parts.Current, parts.IsAngle) : AddressId.None;
    }

    // Without comments, and with single blanks outside quotes.
    ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> text)
    {
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var quoted = text[at] == '"' ? Comments.QuotedLength(text[at..]) : 0;
            if (quoted > 0)
            {
                text.Slice(at, quoted).CopyTo(_text.AsSpan(length));
                (length, at) = (length + quoted, at + quoted - 1);
                continue;
            }
            if (text[at] == '(') at += Comments.Length(text[at..]) - 1;
            var isSpace = text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)')';
            if (!isSpace) _text[length++] = text[at];
            else if (length > 0 && _text[length - 1] != ' ') _text[length++] = (byte)' ';
        }
        return _text.AsSpan(0, length).Trim((byte)' ');
    }

    // "anna at acme.example" is how archives hide addresses; one word is a name of this host; more are no address.
    AddressId ReadHostless(ReadOnlySpan<byte> plain)
    {
        var rest = plain;
        var local = Words.Next(ref rest);
        var at = Words.Next(ref rest);
        var host = Words.Next(ref rest);
        if (!at.IsEmpty && (!Ascii.EqualsIgnoreCase(at, "at"u8) || host.IsEmpty)) return AddressId.None;
        var joined = (stackalloc byte[MailLimits.Address]);
        local.CopyTo(joined);
        if (at.IsEmpty) return Intern(Unquoted(joined[..local.Length]));
        joined[local.Length] = (byte)'@';
        host.CopyTo(joined[(local.Length + 1)..]);
        return Intern(joined[..(local.Length + 1 + host.Length)]);
    }

    // Blanks around the dots and the at sign are allowed (section 4.4); any other blank ends the address.
    AddressId ReadAround(ReadOnlySpan<byte> plain, int at)
    {
        var (start, end) = (at, at + 1);
        while (start > 0 && (plain[start - 1] != ' ' || IsJoint(plain, start - 1)))
            start = plain[start - 1] == '"' && plain[..(start - 1)].LastIndexOf((byte)'"') is var open and >= 0
                ? open : start - 1;
        while (end < plain.Length && (plain[end] != ' ' || IsJoint(plain, end))) end++;
        var joined = (stackalloc byte[MailLimits.Address]);
        var length = 0;
        var isQuoted = plain[start] == '"';
        for (var i = start; i < end; i++)
            if (plain[i] != ' ' || (isQuoted && i < at)) joined[length++] = plain[i];
        return Intern(Unquoted(joined[..length].Trim("'"u8)));
    }

    static bool IsJoint(ReadOnlySpan<byte> text, int blank) =>
        (blank > 0 && text[blank - 1] is (byte)'.' or (byte)'@')
        || (blank + 1 < text.Length && text[blank + 1] is (byte)'.' or (byte)'@');

    // Quotes around a local part that needs none are left out, so that both spellings are one address.
    static Span<byte> Unquoted(Span<byte> address)
    {
        if (address.IsEmpty || address[0] != '"') return address;
        var end = address[1..].IndexOf((byte)'"') + 1;
        if (end < 2 || address[1..end].ContainsAny(" \\,;:<>()@[]"u8)) return address;
        if (end == address.Length - 1) return address[1..end];
        if (address[end + 1] != '@') return address;
        address[1..end].CopyTo(address[2..]); // Slides over the closing quote.
        return address[2..];
    }
}
