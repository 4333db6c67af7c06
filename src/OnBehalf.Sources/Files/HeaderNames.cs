using System.Text;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Finds out which of the wanted headers a line begins. Most lines of mail are none of them, so the first letter and the
/// length are looked at before any letter is compared.
/// </summary>
sealed class HeaderNames
{
    const int Lengths = 64;
    const int Letters = 32;

    static readonly string[] Known =
    [
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To", "References",
        "Received", "Return-Path", "Thread-Index", "List-Id", "List-Post", "List-Unsubscribe", "Precedence",
        "Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Auto-Response-Suppress",
        "X-Failed-Recipients", "Content-Type", "Content-Class", "Content-Length", "Importance", "X-Priority",
        "Feedback-ID", "X-Campaign", "X-CampaignId", "X-Campaign-Id",
    ];

    readonly List<byte[]> _names = [.. Known.Select(Encoding.ASCII.GetBytes)];
    readonly int[][] _buckets = new int[Lengths * Letters][];

    /// <param name="authorHeaders">Headers that the operator named.</param>
    public HeaderNames(IReadOnlyList<string> authorHeaders)
    {
        Authors = [.. authorHeaders.Select(Add)];
        for (var i = 0; i < _names.Count; i++)
            _buckets[Bucket(_names[i])] = [.. _buckets[Bucket(_names[i])] ?? [], i];
    }

    /// <summary>How many headers are wanted: their numbers are below this.</summary>
    public int Count => _names.Count;

    /// <summary>Numbers of the headers that the operator named, in the same order.</summary>
    public IReadOnlyList<int> Authors { get; }

    /// <summary>The number of the wanted header of this name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (name.Length >= Lengths || name.IsEmpty) return -1;
        foreach (var number in _buckets[Bucket(name)] ?? [])
            if (Ascii.EqualsIgnoreCase(name, _names[number])) return number;
        return -1;
    }

    int Add(string name)
    {
        var bytes = Encoding.ASCII.GetBytes(name.Trim().TrimEnd(':').TrimEnd());
        if (bytes.Length is 0 or >= Lengths || bytes.AsSpan().ContainsAnyExceptInRange((byte)33, (byte)126)
            || bytes.Contains((byte)':'))
            throw new Engine.Mistake("invalid", $"\"{name}\" is no name of a header; try X-Original-Sender or Reply-To.");
        var known = _names.FindIndex(other => Ascii.EqualsIgnoreCase(bytes, other));
        if (known >= 0) return known;
        _names.Add(bytes);
        return _names.Count - 1;
    }

    static int Bucket(ReadOnlySpan<byte> name) => name.Length * Letters + (name[0] & (Letters - 1));
}
