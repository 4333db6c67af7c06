using System.Runtime.InteropServices;
using System.Text;

namespace OnBehalf.Engine.Facts;

/// <summary>A mail address as a small number; 0 means that none is known. The text is in <see cref="Addresses"/>.</summary>
public readonly record struct AddressId(int Value)
{
    /// <summary>No address known.</summary>
    public static readonly AddressId None;

    /// <summary>Whether no address is known.</summary>
    public bool IsNone => Value == 0;
}

/// <summary>
/// Every address met, each once. Addresses are compared without regard to case and without surrounding white space;
/// X500 names, UPNs and security identifiers (<c>S-1-5-18</c>) are kept the same way, as text.
/// Numbers depend on the order of arrival, so no figure may depend on them: ties are broken by text.
/// </summary>
/// <remarks>
/// Any thread may intern and look up at any time. Entries never change once they are counted, so whoever was handed a number looks it
/// up without waiting; by text one waits for another.
/// </remarks>
public sealed class Addresses
{
    const int RecentSlots = 4096;

    (string Text, ulong Digest)[] _entries = [("", 0), .. new (string, ulong)[63]];
    int _count = 1;
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly Lock _adding = new();
    readonly Spelling?[] _recent = new Spelling?[RecentSlots];

    /// <summary>How many addresses there are, the empty one included: valid numbers are below this.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The address in lower case, or an empty text for <see cref="AddressId.None"/>.</summary>
    public string this[AddressId id] => _entries[id.Value].Text;

    /// <summary>The number of an address; a new one when it was not met before.</summary>
    public AddressId Intern(ReadOnlySpan<char> address)
    {
        var trimmed = address.Trim();
        if (trimmed.IsEmpty) return AddressId.None;
        Span<char> lowered = trimmed.Length <= 512 ? stackalloc char[trimmed.Length] : new char[trimmed.Length];
        trimmed.ToLowerInvariant(lowered);
        ReplaceHalfPairs(lowered);
        lock (_adding)
        {
            var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            return lookup.TryGetValue(lowered, out var known) ? new(known) : Add(lowered.ToString());
        }
    }

    /// <summary>
    /// The number of an address as UTF-8; a new one when it was not met before. The spellings met most recently are
    /// found without decoding: a mail file names the same few addresses again and again.
    /// </summary>
    public AddressId Intern(ReadOnlySpan<byte> address)
    {
        var slot = (int)(Fingerprint.Of(address) % RecentSlots);
        if (_recent[slot] is { } met && address.SequenceEqual(met.Bytes)) return met.Id;
        Span<char> text = address.Length <= 512 ? stackalloc char[address.Length] : new char[address.Length];
        var id = Intern((ReadOnlySpan<char>)text[..Encoding.UTF8.GetChars(address, text)]);
        _recent[slot] = new(address.ToArray(), id);
        return id;
    }

    /// <summary>A fingerprint of the address's text: unlike its number it does not depend on the order of arrival.</summary>
    public ulong DigestOf(AddressId id) => _entries[id.Value].Digest;

    /// <summary>The number of an address met before, else <see cref="AddressId.None"/>.</summary>
    public AddressId Find(string address)
    {
        var lowered = address.Trim().ToLowerInvariant();
        lock (_adding) return _numbers.TryGetValue(lowered, out var number) ? new(number) : AddressId.None;
    }

    /// <summary>Makes room for so many addresses at once, the empty one included; whoever adds them says so first.</summary>
    public void MakeRoom(int count)
    {
        lock (_adding)
        {
            if (count <= _entries.Length) return;
            _numbers.EnsureCapacity(count);
            Grow(count);
        }
    }

    /// <summary>The part after the last <c>@</c>, or an empty text.</summary>
    public string DomainOf(AddressId id)
    {
        var text = _entries[id.Value].Text;
        return text[(text.LastIndexOf('@') + 1)..] is var domain && domain.Length < text.Length ? domain : "";
    }

    /// <summary>The address without a plus-tag: <c>support+eu@acme.example</c> is <c>support@acme.example</c>.</summary>
    public static string WithoutTag(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = at > 0 ? address.AsSpan(0, at).IndexOf('+') : -1;
        return plus > 0 ? string.Concat(address.AsSpan(0, plus), address.AsSpan(at)) : address;
    }

    // By one thread at a time. The entry is there before it is counted, and a grown array holds all entries before it is seen.
    AddressId Add(string text)
    {
        var number = _count;
        if (number == _entries.Length) Grow(number * 2);
        _entries[number] = (text, Fingerprint.Of(MemoryMarshal.AsBytes(text.AsSpan())));
        _numbers.Add(text, number);
        Volatile.Write(ref _count, number + 1);
        return new(number);
    }

    void Grow(int length)
    {
        var grown = new (string, ulong)[length];
        _entries.CopyTo(grown, 0);
        Volatile.Write(ref _entries, grown);
    }

    // Half a surrogate pair has no form in UTF-8: stored and read again it would be another text than it was.
    static void ReplaceHalfPairs(Span<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) text[i] = '\ufffd';
        }
    }

    /// <summary>An address as it was spelled. One object, so that no thread sees the bytes of one and the number of another.</summary>
    sealed record Spelling(byte[] Bytes, AddressId Id);
}
