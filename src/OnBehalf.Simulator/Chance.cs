namespace OnBehalf.Simulator;

/// <summary>
/// Seeded luck. Not <see cref="Random"/>: its sequence is no promise between versions of .NET, and a world must stay the same.
/// The sequence is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// </summary>
sealed class Chance(ulong seed)
{
    ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            return Scramble(_state);
        }
    }

    /// <summary>A number from 0 up to, but not including, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Hits(double rate) => Unit() < rate;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Most values near the median, a few far above it, as human delays are.</summary>
    public int LogNormal(int median, double spread)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
        return (int)Math.Clamp(median * Math.Exp(spread * normal), 1, int.MaxValue / 4);
    }

    /// <summary>
    /// A yes or no that depends on the key alone: switching one quirk on leaves the rest of the world as it was.
    /// </summary>
    public static bool Hits(ulong key, Quirk quirk, double rate) =>
        rate > 0 && (Mix(key, 0x51A7 + (ulong)quirk) >> 11) * (1.0 / (1UL << 53)) < rate;

    public static ulong Mix(ulong left, ulong right) =>
        unchecked(Scramble(left + 0x9E3779B97F4A7C15 * (right + 1)));

    public static ulong Mix(ulong seed, ulong left, ulong right) => Mix(Mix(seed, left), right);

    public static Guid GuidFrom(ulong seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Mix(seed, 1));
        BitConverter.TryWriteBytes(bytes[8..], Mix(seed, 2));
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    static ulong Scramble(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
