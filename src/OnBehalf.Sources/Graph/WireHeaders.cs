using System.Text;
using System.Text.Json;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// <c>internetMessageHeaders</c> of a message, noted as fields of a header block, so that headers are read by the same rules
/// wherever they come from. Only wanted ones are kept.
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
    public void Clear()
    {
        _length = 0;
        _block.Clear();
    }

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
        if (_length == 0) Append(Nothing);
        Reserve(address.Length * 3);
        var start = _length;
        _length += Encoding.UTF8.GetBytes(address, _bytes.AsSpan(_length));
        _block.Note((int)Header.From, start, _length);
        return new Fields(_bytes.AsSpan(0, _length), _block);
    }

    /// <summary>See <see cref="IdReader.References"/>.</summary>
    public MessageKey[] References(in Fields fields) => _ids.References(fields[Header.References], fields[Header.InReplyTo]);

    /// <summary>See <see cref="MessageReader.ListOf"/>.</summary>
    public AddressId ListOf(in Fields fields) => _reader.ListOf(fields);

    // The name comes before the value; where it does not, the value waits.
    void ReadOne(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("A header is no object.");
        const int unknown = -2;
        var number = unknown;
        Utf8JsonReader waiting = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = json.ValueTextEquals("name"u8);
            var isValue = !isName && json.ValueTextEquals("value"u8);
            json.Read();
            if (!isName && !isValue) json.Skip();
            else if (json.TokenType == JsonTokenType.Null) continue;
            else if (json.TokenType != JsonTokenType.String) throw new FormatException("A header is no text.");
            else if (isName) number = NumberOf(json);
            else if (number == unknown) waiting = json;
            else if (number >= 0) Keep(number, json);
        }
        if (number >= 0 && !_block.Has(number)) Keep(number, waiting);
    }

    // From is known from its property.
    int NumberOf(in Utf8JsonReader name)
    {
        var number = name.ValueIsEscaped ? -1 : _names.Find(name.ValueSpan);
        return number == (int)Header.From || _length > GraphLimits.HeaderBlock ? -1 : number;
    }

    // A header without a value is there all the same. Of a repeated one the first counts.
    void Keep(int number, in Utf8JsonReader value)
    {
        if (_block.Has(number)) return;
        if (_length == 0) Append(Nothing);
        var start = _length;
        if (value.TokenType == JsonTokenType.String && value.ValueSpan.Length <= MailLimits.Field)
        {
            Reserve(value.ValueSpan.Length);
            _length += value.CopyString(_bytes.AsSpan(_length));
        }
        _block.Note(number, start, _length);
    }

    // A field that ends where the bytes begin would not be there.
    static ReadOnlySpan<byte> Nothing => " "u8;

    void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    void Reserve(int more)
    {
        if (_bytes.Length - _length < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
