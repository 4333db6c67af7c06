using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>Turns a header block into the fact that it states: the only door from mail files into the house.</summary>
sealed class MessageReader
{
    readonly Addresses _addresses;
    readonly HeaderNames _names;
    readonly EncodedWords _words = new();
    readonly IdReader _ids = new();
    readonly AddressReader _reader;
    readonly RecentLists _lists;
    readonly byte[] _index = new byte[MailLimits.ConversationIndex];

    public MessageReader(Addresses addresses, HeaderNames names)
    {
        (_addresses, _names) = (addresses, names);
        _reader = new(addresses, _words);
        _lists = new(_reader);
    }

    /// <summary>The fact; null when none of the headers is one that mail has.</summary>
    public MessageFact? Read(in Fields fields)
    {
        if (!IsMail(fields)) return null;
        var from = _lists.First(fields[Header.From]);
        var list = ListOf(fields);
        var room = MailLimits.Addresses;
        var to = Take(fields[Header.To], ref room);
        AddressId[] cc = Take(fields[Header.Cc], ref room);
        if (fields.Has(Header.Bcc)) cc = [.. cc, .. Take(fields[Header.Bcc], ref room)];
        var id = IdReader.Unfolded(IdReader.Own(fields[Header.MessageId]));
        var answered = fields[Header.InReplyTo];
        return new()
        {
            Key = id.IsEmpty ? KeyOf(fields.All) : MessageKey.Of(id),
            MessageId = id.IsEmpty ? "" : Charsets.Guess(id).GetString(id),
            At = DateReader.Read(fields[Header.Date]),
            From = from,
            Sender = _lists.First(fields[Header.Sender]),
            Author = AuthorOf(fields, from, list),
            To = to,
            Cc = cc,
            ReplyTo = Take(fields[Header.ReplyTo], ref room),
            InReplyTo = IdReader.InReplyTo(answered),
            References = _ids.References(fields[Header.References], answered),
            ConversationIndex = IndexOf(fields[Header.ThreadIndex]),
            Subject = _words.Read(fields[Header.Subject], MessageFact.SubjectLimit),
            Signs = SignReader.Read(fields, _addresses[from]),
            List = list,
            Importance = ImportanceOf(fields),
        };
    }

    /// <summary>The fact with what is known only behind the body.</summary>
    public MessageFact Finish(MessageFact fact, long size) =>
        fact with { Size = Saturated(size), Digest = FactDigest.Of(fact, _addresses) };

    /// <summary>A size as facts have it.</summary>
    public static int Saturated(long size) => (int)Math.Clamp(size, 0, int.MaxValue);

    static bool IsMail(in Fields fields) =>
        fields.Has(Header.From) || fields.Has(Header.Date) || fields.Has(Header.MessageId) || fields.Has(Header.Subject)
        || fields.Has(Header.To) || fields.Has(Header.Received) || fields.Has(Header.Sender)
        || fields.Has(Header.ReturnPath);

    AddressId[] Take(ReadOnlySpan<byte> value, ref int room)
    {
        var taken = _lists.Read(value, room);
        room -= taken.Length;
        return taken;
    }

    // The same bytes give the same key; how lines end depends on the way a message went, so it does not count.
    static MessageKey KeyOf(ReadOnlySpan<byte> block)
    {
        var (bytes, length) = (new byte[block.Length], 0);
        foreach (var letter in block)
            if (letter != '\r') bytes[length++] = letter;
        return MessageKey.Of(bytes.AsSpan(0, length));
    }

    AddressId AuthorOf(in Fields fields, AddressId from, AddressId list)
    {
        foreach (var header in _names.Authors)
        {
            var value = fields[header];
            if (value.IsEmpty) continue;
            var author = AddressId.None;
            foreach (var named in _lists.Read(value))
            {
                if (named == from || named == list || named == author) continue;
                if (!author.IsNone) return AddressId.None;
                author = named;
            }
            return author;
        }
        return AddressId.None;
    }

    /// <summary>
    /// The list that the message came through: List-Post: &lt;mailto:list@host?…&gt; (RFC 2369, section 3.4), else
    /// List-Id: … &lt;list.host&gt; (RFC 2919, section 3).
    /// </summary>
    public AddressId ListOf(in Fields fields)
    {
        var post = fields[Header.ListPost];
        var mailto = post.IndexOf("mailto:"u8);
        if (mailto >= 0)
        {
            var address = post[(mailto + 7)..];
            var end = address.IndexOfAny("?>"u8);
            return _lists.First(end < 0 ? address : address[..end]);
        }
        var id = fields[Header.ListId];
        var (open, close) = (id.LastIndexOf((byte)'<'), id.LastIndexOf((byte)'>'));
        if (open >= 0 && close > open) id = id[(open + 1)..close];
        id = id.Trim(Words.Space);
        var dot = id.IndexOf((byte)'.');
        if (dot <= 0 || id.Length > MailLimits.Address || id.ContainsAny(Words.Space)) return AddressId.None;
        var text = (stackalloc byte[id.Length]);
        id.CopyTo(text);
        if (!id.Contains((byte)'@')) text[dot] = (byte)'@';
        return _reader.Intern(text);
    }

    ReadOnlyMemory<byte> IndexOf(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length > _index.Length) return default;
        var length = Base64Text.Decode(value, _index);
        return length < 22 ? default : _index.AsSpan(0, length).ToArray();
    }

    static Importance ImportanceOf(in Fields fields)
    {
        var importance = fields[Header.Importance];
        var priority = fields[Header.XPriority];
        if (Words.Begins(importance, "high"u8)) return Importance.High;
        if (Words.Begins(importance, "low"u8)) return Importance.Low;
        if (!importance.IsEmpty || priority.IsEmpty) return Importance.Normal;
        return priority[0] switch
        {
            (byte)'1' or (byte)'2' => Importance.High,
            (byte)'4' or (byte)'5' => Importance.Low,
            _ => Importance.Normal,
        };
    }
}
