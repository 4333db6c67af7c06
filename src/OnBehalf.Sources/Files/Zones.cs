using System.Text;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Zones that mail names by letters: those of RFC 5322, section 4.3, and those that mean the same everywhere.
/// <c>IST</c> is India, Israel or Ireland: such a name says nothing and counts as UTC, as that section asks.
/// </summary>
static class Zones
{
    static readonly Dictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0,
        ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MDT"] = -360,
        ["PST"] = -480, ["PDT"] = -420, ["AST"] = -240, ["ADT"] = -180, ["NST"] = -210, ["NDT"] = -150,
        ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600,
        ["BST"] = 60, ["WEST"] = 60, ["CET"] = 60, ["MET"] = 60, ["MEZ"] = 60, ["CEST"] = 120, ["MEST"] = 120,
        ["MESZ"] = 120, ["EET"] = 120, ["SAST"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["MSD"] = 240,
        ["HKT"] = 480, ["AWST"] = 480, ["JST"] = 540, ["KST"] = 540, ["AEST"] = 600, ["AEDT"] = 660,
        ["NZST"] = 720, ["NZDT"] = 780,
    };

    static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByLetters =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Minutes east of UTC; null for a name that says nothing.</summary>
    public static int? Minutes(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 4) return null;
        Span<char> letters = stackalloc char[name.Length];
        return Ascii.ToUtf16(name, letters, out _) == System.Buffers.OperationStatus.Done
            && ByLetters.TryGetValue(letters, out var minutes) ? minutes : null;
    }
}
