using System.Buffers.Binary;

namespace OnBehalf.Engine.Segments;

/// <summary>Packs columns, each in the way that takes the fewest bits.</summary>
sealed class BlockWriter
{
    const int Small = 4096;

    readonly Dictionary<long, int> _places = [];
    byte[] _bytes = new byte[Small];
    long[] _spare = [];
    ulong[] _distances = [];
    int _length;

    /// <summary>Begins a segment, with room for its head.</summary>
    public void Begin(int head)
    {
        Array.Clear(_bytes, 0, Math.Min(_bytes.Length, _length + Bits.Padding));
        _length = head; // what is added makes room for all before it
    }

    /// <summary>The segment: head, columns and padding.</summary>
    public byte[] End() => _bytes.AsSpan(0, _length + Bits.Padding).ToArray();

    /// <summary>Adds a column.</summary>
    /// <param name="spec">Its place.</param>
    /// <param name="values">Its values.</param>
    /// <param name="bases">What it differs from by little, by row; empty when there is none.</param>
    /// <param name="isSequence">Whether neighbours differ by little.</param>
    public void Add(ColumnSpec spec, ReadOnlySpan<long> values, ReadOnlySpan<long> bases, bool isSequence)
    {
        if (_spare.Length < values.Length) (_spare, _distances) = (new long[values.Length], new ulong[values.Length]);
        var plain = Cost.Of(values);
        if (plain.Bits == 0)
        {
            AddFrame((byte)Packing.Plain, values, plain);
            return;
        }
        if (spec.HasFewValues && TryAddDictionary(values, plain)) return;
        var spare = _spare.AsSpan(0, values.Length);
        if (!bases.IsEmpty || isSequence)
        {
            Differences(values, bases, spare);
            var differing = Cost.Of(spare);
            if (differing.Bits < plain.Bits)
            {
                AddFrame((byte)(isSequence ? Packing.Delta : Packing.Relative), spare, differing);
                return;
            }
        }
        AddFrame((byte)Packing.Plain, values, plain);
    }

    /// <summary>Adds the segment's texts, behind its columns.</summary>
    public void Add(IReadOnlyCollection<string> texts)
    {
        AddVarint((ulong)texts.Count);
        foreach (var text in texts)
        {
            var bytes = SegmentTexts.BytesOf(text);
            AddVarint((ulong)bytes.Length);
            Reserve(bytes.Length);
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }
    }

    static void Differences(ReadOnlySpan<long> values, ReadOnlySpan<long> bases, Span<long> differences)
    {
        var before = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            differences[i] = unchecked(values[i] - (bases.IsEmpty ? before : bases[i]));
            before = values[i];
        }
    }

    bool TryAddDictionary(ReadOnlySpan<long> values, Cost plain)
    {
        _places.Clear();
        foreach (var value in values) _places.TryAdd(value, 0);
        if (_places.Count > values.Length / 2) return false;
        long[] words = [.. _places.Keys];
        Array.Sort(words);
        for (var i = 0; i < words.Length; i++) _places[words[i]] = i;
        var spare = _spare.AsSpan(0, values.Length);
        for (var i = 0; i < values.Length; i++) spare[i] = _places[values[i]];
        for (var i = words.Length - 1; i > 0; i--) words[i] = unchecked(words[i] - words[i - 1]);
        var (cost, wordCost) = (Cost.Of(spare), Cost.Of(words));
        if (cost.Bits + wordCost.Bits + Cost.OfFrame >= plain.Bits) return false;
        AddByte((byte)Packing.Dictionary);
        AddVarint((ulong)words.Length);
        AddFrame(null, words, wordCost);
        AddFrame(null, spare, cost);
        return true;
    }

    void AddFrame(byte? packing, ReadOnlySpan<long> values, Cost cost)
    {
        if (packing is { } first) AddByte(first);
        AddVarint(unchecked((ulong)((cost.Least << 1) ^ (cost.Least >> 63))));
        AddByte((byte)cost.Width);
        AddVarint((ulong)cost.Patches);
        if (cost.Patches > 0) AddByte((byte)cost.PatchWidth);
        var distances = _distances.AsSpan(0, values.Length);
        for (var i = 0; i < distances.Length; i++) distances[i] = unchecked((ulong)(values[i] - cost.Least));
        AddPacked(distances, cost.Width);
        if (cost.Patches > 0) AddPatches(distances, cost);
    }

    void AddPatches(ReadOnlySpan<ulong> distances, Cost cost)
    {
        var (places, highs) = (new ulong[cost.Patches], new ulong[cost.Patches]);
        for (int i = 0, patch = 0; i < distances.Length; i++)
            if (distances[i] >> cost.Width is > 0 and var high) (places[patch], highs[patch++]) = ((ulong)i, high);
        AddPacked(places, Frame.PlaceWidth(distances.Length));
        AddPacked(highs, cost.PatchWidth);
    }

    void AddPacked(ReadOnlySpan<ulong> values, int width)
    {
        var length = checked((int)Bits.BytesFor(values.Length, width));
        Reserve(length);
        Bits.WriteAll(_bytes.AsSpan(_length), width, values);
        _length += length;
    }

    void AddByte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) AddByte((byte)(value & 0x7f | 0x80));
        AddByte((byte)value);
    }

    void Reserve(int length)
    {
        var needed = _length + length + 2 * Bits.Padding;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
    }
}

/// <summary>How numbers would be packed in one frame, and how many bits that takes.</summary>
readonly record struct Cost(long Bits, long Least, int Width, int Patches, int PatchWidth)
{
    /// <summary>About as many bits as a frame takes besides its numbers.</summary>
    public const int OfFrame = 48;

    /// <summary>The cheapest frame for some numbers.</summary>
    public static Cost Of(ReadOnlySpan<long> values)
    {
        var least = values.IsEmpty ? 0 : long.MaxValue;
        foreach (var value in values) least = Math.Min(least, value);
        Span<int> ofBits = stackalloc int[65]; // how many distances have so many bits
        foreach (var value in values) ofBits[Segments.Bits.Of(unchecked((ulong)(value - least)))]++;
        var most = 64;
        while (most > 0 && ofBits[most] == 0) most--;
        var best = new Cost(long.MaxValue, least, 0, 0, 0);
        var patches = 0;
        for (var width = most; width >= 0; patches += ofBits[width--])
        {
            if (!Segments.Bits.IsWidth(width)) continue;
            var patchWidth = patches == 0 ? 0 : Segments.Bits.WidthFor(most - width);
            long patchBits = Frame.PlaceWidth(values.Length) + patchWidth;
            var bits = (long)values.Length * width + patches * patchBits;
            if (bits <= best.Bits) best = new(bits, least, width, patches, patchWidth);
        }
        // Widths between the widest that one load holds and 64 do not occur.
        var full = (long)values.Length * Segments.Bits.WidthFor(most);
        return full < best.Bits ? new(full, least, Segments.Bits.WidthFor(most), 0, 0) : best;
    }
}
