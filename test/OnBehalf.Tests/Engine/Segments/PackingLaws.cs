using OnBehalf.Engine;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>What is packed comes back, whatever it is; what nobody packed is said to be damaged.</summary>
public class PackingLaws
{
    [Fact]
    public void Findings_come_back_as_they_were()
    {
        for (var seed = 0; seed < 40 / Share.Divisor; seed++)
        {
            var some = new SomeFindings(seed);
            var findings = some.Likely(1 + seed * 5);

            Assert.Equal(InOrder(findings), ReadBack(some, findings, SegmentWriter.UsualHeld));
        }
    }

    [Fact]
    public void So_do_the_oddest_numbers()
    {
        for (var seed = 0; seed < 200 / Share.Divisor; seed++)
        {
            var some = new SomeFindings(seed);
            var random = new Random(seed);
            long[] months = [0, 1_700_000_000, 4_100_000_000];
            var findings = Enumerable.Range(0, 1 + seed * seed / 50)
                .Select(_ => some.Odd(months[random.Next(months.Length)])).ToList();

            Assert.Equal(InOrder(findings), ReadBack(some, findings, 1 + random.Next(400)));
        }
    }

    [Fact]
    public void Parts_are_numbered_within_their_month_and_bounded()
    {
        var some = new SomeFindings(1);
        var packed = SegmentWriter.Pack(some.Mailboxes[0], some.Likely(300), held: 100).ToList();

        Assert.All(packed, part => Assert.InRange(part.Rows, 1, 100));
        foreach (var month in packed.GroupBy(part => part.Month))
            Assert.Equal(Enumerable.Range(0, month.Count()), month.Select(part => part.Part));
        Assert.All(packed, part => Assert.Equal(part.Month, SegmentWriter.MonthOf(part.MinAt)));
        Assert.All(packed, part => Assert.Equal(part.Month, SegmentWriter.MonthOf(part.MaxAt)));
    }

    [Fact]
    public void Rows_lie_by_time_and_fact()
    {
        var some = new SomeFindings(2);
        foreach (var packed in SegmentWriter.Pack(some.Mailboxes[0], some.Likely(200)))
        {
            var rows = Segment.Open(packed).Read();
            Assert.Equal(rows.OrderBy(f => f.At).ThenBy(f => f.FactId).Select(f => f.FactId), rows.Select(f => f.FactId));
        }
    }

    [Fact]
    public void Equal_findings_are_equal_bytes_in_whatever_order_they_come()
    {
        var some = new SomeFindings(3);
        var findings = some.Likely(200);
        var shuffled = findings.ToArray();
        new Random(3).Shuffle(shuffled);

        Assert.Equal(
            SegmentWriter.Pack(some.Mailboxes[0], findings).Select(p => Convert.ToHexString(p.Bytes)),
            SegmentWriter.Pack(some.Mailboxes[0], shuffled).Select(p => Convert.ToHexString(p.Bytes)));
    }

    [Fact]
    public void A_byte_that_was_changed_is_noticed()
    {
        var (packed, random) = (OnePacked(), new Random(4));
        for (var i = 0; i < packed.Bytes.Length; i += Share.Divisor)
        {
            var bytes = packed.Bytes.ToArray();
            bytes[i] ^= (byte)random.Next(1, 256);
            IsDamaged(packed with { Bytes = bytes });
        }
        for (var length = 0; length < packed.Bytes.Length; length += 7 * Share.Divisor)
            IsDamaged(packed with { Bytes = packed.Bytes[..length] });
        IsDamaged(packed with { Rows = packed.Rows + 1 });
        IsDamaged(packed with { MaxAt = packed.MaxAt + 1 });
    }

    [Fact]
    public void Bytes_made_to_deceive_give_findings_or_are_damaged_and_nothing_else_happens()
    {
        var (packed, random) = (OnePacked(), new Random(5));
        var damaged = 0;
        for (var i = 0; i < 20_000 / Share.Divisor; i++)
        {
            var bytes = packed.Bytes.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            Seal(bytes);
            try
            {
                var segment = Segment.Open(packed with { Bytes = bytes });
                Assert.Equal(packed.Rows, segment.Read().Count);
            }
            catch (Mistake mistake) when (mistake.Code == "damaged")
            {
                damaged++;
            }
        }
        Assert.InRange(damaged, 1_000 / Share.Divisor, 20_000 / Share.Divisor - 1);
    }

    [Fact]
    public void Marks_that_do_not_say_what_a_finding_holds_are_refused()
    {
        var some = new SomeFindings(6);
        var finding = some.Likely(10).First(f => f.Wait is not null);

        Assert.Throws<ArgumentException>(() => SegmentWriter.Pack(some.Mailboxes[0], [finding with { Wait = null }]).ToList());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SegmentWriter.Pack(some.Mailboxes[0], [finding with { At = -1 }]).ToList());
    }

    static PackedSegment OnePacked()
    {
        var some = new SomeFindings(7);
        return SegmentWriter.Pack(some.Mailboxes[0], some.Likely(60)).MaxBy(p => p.Rows)!;
    }

    static void IsDamaged(PackedSegment packed) =>
        Assert.Equal("damaged", Assert.Throws<Mistake>(() => Segment.Open(packed).Read()).Code);

    /// <summary>Makes the checksum right again, as somebody would who means harm.</summary>
    static void Seal(byte[] bytes)
    {
        var sum = uint.MaxValue;
        ReadOnlySpan<byte> rest = bytes.AsSpan(8);
        for (; rest.Length >= 8; rest = rest[8..])
            sum = System.Numerics.BitOperations.Crc32C(sum, BitConverter.ToUInt64(rest));
        foreach (var one in rest) sum = System.Numerics.BitOperations.Crc32C(sum, one);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), ~sum);
    }

    static List<Finding> ReadBack(SomeFindings some, List<Finding> findings, int held) =>
        InOrder(SegmentWriter.Pack(some.Mailboxes[0], findings, held).SelectMany(p => Segment.Open(p).Read()));

    // Odd findings may share a time and a fact, so the text of all the rest decides.
    static List<Finding> InOrder(IEnumerable<Finding> findings) =>
        [.. findings.OrderBy(f => f.At).ThenBy(f => f.FactId).ThenBy(f => f.ToString(), StringComparer.Ordinal)];
}
