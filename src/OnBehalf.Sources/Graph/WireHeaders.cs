using System.Text;
using System.Text.Json;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// <c>internetMessageHeaders</c> of a message, written down as the header block it once was, so that headers are read by
/// the same rules wherever they come from. Only wanted ones are kept.
/// </summary>
sealed class WireHeaders
{
    readonly Addresses _addresses;
    readonly HeaderNames _names = new([]);
    readonly HeaderBlock _block;
    readonly MessageReader _reader;
    readonly IdReader _ids = new();
    byte[] _bytes = new byte[8192];
    int _length;

    public WireHeaders(Addresses addresses)
    {
        _addresses = addresses;
        _block = new(_names);
        _reader = new(addresses, _names);
    }

    /// <summary>Whether Graph gave none, as it does for what was sent from the mailbox.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Forgets the headers of the message before.</summary>
    public void Clear() => _length = 0;

    /// <summary>Reads the array; null where Graph has none, as for sent messages.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType != JsonTokenType.StartArray) throw new FormatException("internetMessageHeaders is no array.");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) ReadOne(ref json);
    }

    /// <summary>The headers, completed by From: the property tells whose it is, also where there are no headers.</summary>
    public Fields Close(AddressId from)
    {
        var address = _addresses[from];
        Reserve(address.Length * 3 + 16);
        Append("From: "u8);
        _length += Encoding.UTF8.GetBytes(address, _bytes.AsSpan(_length));
        Append("\r\n"u8);
        _block.Find(_bytes.AsSpan(0, _length), isLast: true, splits: false);
        return new Fields(_bytes.AsSpan(0, _length), _block);
    }

    /// <summary>See <see cref="IdReader.References"/>.</summary>
    public MessageKey[] References(in Fields fields) => _ids.References(fields[Header.References], fields[Header.InReplyTo]);

    /// <summary>See <see cref="MessageReader.ListOf"/>.</summary>
    public AddressId ListOf(in Fields fields) => _reader.ListOf(fields);

    void ReadOne(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("A header is no object.");
        var value = json;
        var (isWanted, hasValue) = (false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = json.ValueTextEquals("name"u8);
            var isValue = !isName && json.ValueTextEquals("value"u8);
            json.Read();
            if (!isName && !isValue) json.Skip();
            else if (json.TokenType == JsonTokenType.Null) continue;
            else if (json.TokenType != JsonTokenType.String) throw new FormatException("A header is no text.");
            else if (isName) isWanted = BeginLine(json);
            else
            {
                value = json;
                hasValue = true;
            }
        }
        if (isWanted) EndLine(hasValue ? value : default);
    }

    // From is known from its property, and of a repeated header the first one counts.
    bool BeginLine(in Utf8JsonReader name)
    {
        var number = name.ValueIsEscaped ? -1 : _names.Find(name.ValueSpan);
        if (number < 0 || number == (int)Header.From || _length > GraphLimits.HeaderBlock) return false;
        Reserve(name.ValueSpan.Length + 8);
        Append(name.ValueSpan);
        Append(": "u8);
        return true;
    }

    void EndLine(in Utf8JsonReader value)
    {
        var start = _length;
        if (value.TokenType == JsonTokenType.String && value.ValueSpan.Length <= MailLimits.Field)
        {
            Reserve(value.ValueSpan.Length + 8);
            _length += value.CopyString(_bytes.AsSpan(_length));
        }
        // A value is one line; a line break in it would begin another header.
        foreach (ref var letter in _bytes.AsSpan(start, _length - start))
            if (letter is (byte)'\r' or (byte)'\n') letter = (byte)' ';
        Append("\r\n"u8);
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    void Reserve(int more)
    {
        if (_bytes.Length - _length < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
