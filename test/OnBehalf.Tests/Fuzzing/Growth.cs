using System.Diagnostics;
using System.Text;

namespace OnBehalf.Tests.Fuzzing;

/// <summary>
/// How the time of a parser grows with its input. Time itself says more of the machine than of the parser; that sixteen
/// times the input takes about sixteen times as long, and not 256 times, holds on any machine.
/// </summary>
static class Growth
{
    const int Longer = 16;
    const double Most = 4 * Longer;
    const int Tries = 60;

    /// <summary>Fails when a much longer input takes very much longer than its length says.</summary>
    /// <param name="parse">The parser.</param>
    /// <param name="pieces">How many pieces the shorter input has; it should take some tenths of a millisecond.</param>
    /// <param name="input">An input of so many pieces.</param>
    public static void IsLinear(Action<byte[]> parse, int pieces, Func<int, string> input)
    {
        var (brief, lengthy) = (Encoding.UTF8.GetBytes(input(pieces)), Encoding.UTF8.GetBytes(input(pieces * Longer)));
        var (least, most) = (double.MaxValue, double.MaxValue);
        // The quickest of many runs is the one that nothing else on the machine disturbed. The runs take turns, so that
        // both know the code when it is compiled well.
        for (var i = 0; i < Tries && (i < 3 || most > Most * least); i++)
        {
            most = Math.Min(most, TimeOf(parse, lengthy));
            least = Math.Min(least, TimeOf(parse, brief));
        }
        Assert.True(most <= Most * least, $"{Longer} times the input takes {most / least:F0} times as long.");
    }

    static double TimeOf(Action<byte[]> parse, byte[] input)
    {
        var began = Stopwatch.GetTimestamp();
        parse(input);
        return Math.Max(Stopwatch.GetElapsedTime(began).TotalMicroseconds, 1);
    }
}
