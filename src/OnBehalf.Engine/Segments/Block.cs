using System.Buffers;

namespace OnBehalf.Engine.Segments;

/// <summary>What was done to the values of a column before they were packed.</summary>
[Flags]
enum Packing : byte
{
    /// <summary>Nothing.</summary>
    Plain = 0,
    /// <summary>They are differences from the column's base.</summary>
    Relative = 1,
    /// <summary>They are differences from the value before.</summary>
    Delta = 2,
    /// <summary>They are places in a list of the values that occur.</summary>
    Dictionary = 4,
}

/// <summary>One packed column: a byte with the packing, the list of values if there is one, and the numbers.</summary>
sealed class Block
{
    readonly Packing _packing;
    readonly Frame _words; // of a dictionary: in rising order, as differences
    readonly Frame _numbers;

    Block(Packing packing, Frame words, Frame numbers) => (_packing, _words, _numbers) = (packing, words, numbers);

    /// <summary>Whether the column's base has still to be added.</summary>
    public bool IsRelative => (_packing & Packing.Relative) != 0;

    /// <summary>Finds a column's parts in bytes from outside, and moves behind it.</summary>
    public static Block Parse(ReadOnlySpan<byte> bytes, ref int at, int rows)
    {
        var packing = (Packing)Varint.Byte(bytes, ref at);
        if (packing is not (Packing.Plain or Packing.Relative or Packing.Delta or Packing.Dictionary))
            throw SegmentHead.Damaged("a column has a packing that does not occur");
        var words = default(Frame);
        if (packing == Packing.Dictionary)
        {
            var count = Varint.Read(bytes, ref at);
            if (count > (ulong)rows) throw SegmentHead.Damaged("a column has more values than rows");
            words = Frame.Parse(bytes, ref at, (int)count);
        }
        return new(packing, words, Frame.Parse(bytes, ref at, rows));
    }

    /// <summary>Unpacks the column into as many values as it has rows.</summary>
    public void Unpack(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        _numbers.Unpack(bytes, values);
        if (_packing == Packing.Delta) Sum(values);
        if (_packing == Packing.Dictionary) LookUp(bytes, values);
    }

    void LookUp(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        var rented = ArrayPool<long>.Shared.Rent(_words.Count);
        try
        {
            var words = rented.AsSpan(0, _words.Count);
            _words.Unpack(bytes, words);
            Sum(words);
            for (var i = 0; i < values.Length; i++)
            {
                if (unchecked((ulong)values[i]) >= (ulong)words.Length) throw SegmentHead.Damaged("a value is not in its list");
                values[i] = words[(int)values[i]];
            }
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    static void Sum(Span<long> values)
    {
        var sum = 0L;
        for (var i = 0; i < values.Length; i++) values[i] = sum = unchecked(sum + values[i]);
    }
}
