using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// All the server knows about a delta round, carried by the token itself: the server keeps nothing, however many readers come.
/// </summary>
/// <param name="Serial">Differs from token to token; it decides whether the tenant still knows this one.</param>
/// <param name="Generation">The folder's generation of tokens; expiring them raises it.</param>
/// <param name="Since">The second the last round ended; -1 in a first round.</param>
/// <param name="Until">The second this round shows.</param>
/// <param name="Position">How many candidates have been looked at.</param>
/// <param name="PageBegan">The position the page before began at, from which messages may be repeated.</param>
/// <param name="Given">How many messages this round has given so far.</param>
/// <param name="Select">The $select of the first request.</param>
/// <param name="Filter">Its $filter.</param>
/// <param name="Top">Its $top.</param>
/// <param name="NewestFirst">Whether it asked for receivedDateTime desc.</param>
/// <param name="ChangeType">Its changeType.</param>
/// <param name="Expand">Its $expand.</param>
sealed record DeltaToken(
    long Serial, int Generation, int Since, int Until, int Position, int PageBegan, int Given,
    string? Select, string? Filter, int? Top, bool NewestFirst, string? ChangeType, string? Expand)
{
    const char Between = '\u001F';

    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Between, (string?[])
    [
        Number(Serial), Number(Generation), Number(Since), Number(Until), Number(Position), Number(PageBegan), Number(Given),
        Select, Filter, Top is { } top ? Number(top) : null, NewestFirst ? "1" : "0", ChangeType, Expand,
    ])));

    /// <summary>The token of a link; null when it is none of ours.</summary>
    public static DeltaToken? Read(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Between);
        if (parts.Length != 13) return null;
        var numbers = new int[7];
        for (var place = 0; place < numbers.Length; place++)
            if (!int.TryParse(parts[place], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[place])) return null;
        return new DeltaToken(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
            Text(parts[7]), Text(parts[8]), int.TryParse(parts[9], out var top) ? top : null, parts[10] == "1",
            Text(parts[11]), Text(parts[12]));
    }

    static string? Text(string part) => part.Length == 0 ? null : part;

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
