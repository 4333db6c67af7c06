using System.Diagnostics;
using System.Text;

namespace OnBehalf.Tests.Fuzzing;

/// <summary>
/// Throws mutated input at a parser: flipped bits, cut and doubled stretches, pieces of one seed in another, words that
/// parsers stumble over. The same seed number gives the same input everywhere. Any exception fails the test, and so do
/// too much memory and too much time for one input; the round is named, from which the input can be made again.
/// </summary>
static class Fuzz
{
    const long UsualBytes = 2_000_000;

    /// <summary>
    /// What one input may take in all, much more than any takes on the slowest machine: what does not end, or takes the
    /// square of its length, is what this is for. How time grows is <see cref="Growth"/>'s to say.
    /// </summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Bytes a parser may take for itself whatever the input: its buffers.</summary>
    const long Room = 4 * 1024 * 1024;

    /// <summary>Bytes a parser may take for each byte of input, on the thread that calls it.</summary>
    const long RoomPerByte = 400;

    /// <summary>How many bytes each parser is given; the nightly profile sets <c>ONBEHALF_FUZZ_BYTES=50000000</c>.</summary>
    public static long Budget { get; } =
        long.TryParse(Environment.GetEnvironmentVariable("ONBEHALF_FUZZ_BYTES"), out var bytes) ? bytes : UsualBytes;

    /// <summary>Parses mutations until the budget is spent.</summary>
    /// <param name="name">Name of the parser; it decides the sequence of mutations.</param>
    /// <param name="seeds">Valid inputs, invented.</param>
    /// <param name="parse">Must take any input without an exception.</param>
    /// <param name="words">Words of the format, put in here and there.</param>
    public static void Run(string name, IReadOnlyList<byte[]> seeds, Action<byte[]> parse, params string[] words)
    {
        byte[][] tokens = [.. Words.Concat(words).Select(Encoding.Latin1.GetBytes)];
        var (spent, rounds, watch) = (0L, 0, Stopwatch.StartNew());
        for (; spent < Budget; rounds++)
        {
            var input = Input(name, rounds, seeds, tokens);
            spent += Math.Max(input.Length, 1);
            if (Fault(parse, input) is { } fault)
                Assert.Fail($"{name}, round {rounds}, after {spent:N0} bytes: {fault}\n\n{Shown(input)}");
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {spent:N0} bytes in {rounds:N0} inputs, {watch.Elapsed.TotalSeconds:F0} s");
    }

    /// <summary>What is wrong with how the input was taken; null when nothing is.</summary>
    public static string? Fault(Action<byte[]> parse, byte[] input)
    {
        var (began, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            parse(input);
        }
        catch (Exception failure)
        {
            return failure.ToString();
        }
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        if (taken > Room + RoomPerByte * input.Length) return $"{taken:N0} bytes of memory for {input.Length:N0} of input.";
        // The processor's time, too: a process that was stopped meanwhile has not worked, and one with many threads works a lot.
        var (elapsed, work) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - worked);
        return elapsed > Patience && work > Patience ? $"{elapsed.TotalSeconds:F1} s for {input.Length:N0} bytes." : null;
    }

    static byte[] Input(string name, int round, IReadOnlyList<byte[]> seeds, byte[][] tokens)
    {
        var random = new Random(unchecked(Seed(name) * 31 + round));
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var changes = random.Next(1, 9); changes > 0; changes--) Change(bytes, random, seeds, tokens);
        return [.. bytes];
    }

    static void Change(List<byte> bytes, Random random, IReadOnlyList<byte[]> seeds, byte[][] tokens)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(Math.Min(bytes.Count - at, random.Next(2) == 0 ? 8 : 400) + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other[from..(from + random.Next(other.Length - from + 1))]);
                break;
            default:
                var token = tokens[random.Next(tokens.Length)];
                for (var times = random.Next(20) == 0 ? random.Next(300) : 1; times > 0; times--)
                    bytes.InsertRange(at, token);
                break;
        }
    }

    // string.GetHashCode differs from run to run.
    static int Seed(string name) => name.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter));

    static string Shown(byte[] input) => Encoding.Latin1.GetString(input[..Math.Min(input.Length, 2000)]);

    static readonly string[] Words =
    [
        "\0", "\r", "\n", "\r\n", "\n\n", "\r\n\r\n", "\t", " ", "\\", "\"", "'", "(", ")", "<", ">", ",", ";", ":", "@", "=",
        "?", "=?", "?=", "%", "&", "+", "-", ".", "/", "[", "]", "{", "}", "ÿ", "þÿ", "ï»¿", "Ã", "ð\u009f\u0098", "0", "-1",
        "99999999999999999999", "2147483648", "1e999", "NaN", "null", "true",
    ];
}
