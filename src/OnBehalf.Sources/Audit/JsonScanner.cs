using System.Buffers;

namespace OnBehalf.Sources.Audit;

/// <summary>What a scan came to.</summary>
enum Extent
{
    /// <summary>The value goes on beyond the bytes at hand.</summary>
    More,
    /// <summary>The value is complete.</summary>
    Complete,
    /// <summary>The value is no record but wraps an array of them: <c>{"value":[</c>.</summary>
    Page,
    /// <summary>The value cannot be JSON, or ends with the input; reading can go on where the scan stopped.</summary>
    Broken,
}

/// <summary>
/// Finds the end of a JSON object without reading it: strings are stepped over and brackets counted. A record that
/// was cut off is noticed at the next one, since an object cannot begin there, and costs only itself.
/// </summary>
struct JsonScanner
{
    /// <summary>How deep brackets may be nested; audit records need five.</summary>
    public const int DepthLimit = 64;

    static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    int _depth;
    ulong _arrays; // one bit a level, the innermost lowest: set for an array
    bool _inText;

    /// <summary>A scanner that stands inside an object, to find its end.</summary>
    public static JsonScanner InsideObject => new() { _depth = 1 };

    /// <summary>Goes on from <paramref name="at"/>, which comes to stand behind what was scanned.</summary>
    /// <param name="bytes">From the beginning of the object, where that is still at hand.</param>
    /// <param name="at">Where to go on.</param>
    /// <param name="ended">Whether the input ends with these bytes.</param>
    public Extent Scan(ReadOnlySpan<byte> bytes, ref int at, bool ended)
    {
        while (at < bytes.Length)
        {
            var step = _inText
                ? bytes[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n')
                : bytes[at..].IndexOfAny(Structure);
            if (step < 0)
            {
                at = bytes.Length;
                break;
            }
            at += step;
            var extent = _inText ? StepInText(bytes, ref at, ended) : StepOutside(bytes, ref at);
            if (extent is not null) return extent.Value;
        }
        return ended ? Extent.Broken : Extent.More;
    }

    // Null: go on.
    Extent? StepInText(ReadOnlySpan<byte> bytes, ref int at, bool ended)
    {
        if (bytes[at] == '"')
        {
            _inText = false;
            at++;
            return null;
        }
        if (at + 1 == bytes.Length)
        {
            if (ended) at++;
            return ended ? Extent.Broken : Extent.More;
        }
        if (bytes[at] == '\\')
        {
            at += 2;
            return null;
        }
        // A line end inside a text is not JSON. Exporters that write one go on with the text; a line that was cut off
        // is followed by the next record.
        at++;
        return bytes[at] == '{' ? Extent.Broken : null;
    }

    Extent? StepOutside(ReadOnlySpan<byte> bytes, ref int at)
    {
        switch (bytes[at])
        {
            case (byte)'"':
                _inText = true;
                break;
            case (byte)'{':
                if (_depth == DepthLimit || !MayOpen(bytes[..at])) return BrokenBefore(ref at);
                Push(array: false);
                break;
            case (byte)'[':
                if (_depth == DepthLimit) return BrokenBefore(ref at);
                if (_depth == 1 && OpensPage(bytes[..at]))
                {
                    at++;
                    return Extent.Page;
                }
                Push(array: true);
                break;
            default:
                var array = (_arrays & 1) != 0;
                var fits = array == (bytes[at] == ']');
                at++;
                if (!fits) return Extent.Broken;
                _arrays >>= 1;
                return --_depth == 0 ? Extent.Complete : null;
        }
        at++;
        return null;
    }

    // At least one byte is always left behind, so that broken input comes to an end.
    readonly Extent BrokenBefore(ref int at)
    {
        if (at == 0) at = 1;
        return Extent.Broken;
    }

    void Push(bool array)
    {
        _depth++;
        _arrays = (_arrays << 1) | (array ? 1UL : 0);
    }

    // In an object an object follows a colon, in an array a comma or the bracket (RFC 8259, sections 4 and 5). What
    // comes before may be out of sight in a record past the limit; then it is taken for good.
    readonly bool MayOpen(ReadOnlySpan<byte> before)
    {
        if (_depth == 0) return true;
        var seen = before.TrimEnd(" \t\r\n"u8);
        if (seen.IsEmpty) return true;
        return (_arrays & 1) != 0 ? seen[^1] is (byte)',' or (byte)'[' : seen[^1] == ':';
    }

    static bool OpensPage(ReadOnlySpan<byte> before)
    {
        var seen = before.TrimEnd(" \t\r\n"u8);
        if (seen is not [.., (byte)':']) return false;
        return seen[..^1].TrimEnd(" \t\r\n"u8).EndsWith("\"value\""u8);
    }
}
