using System.Globalization;

namespace OnBehalf.Answers;

/// <summary>Rows by RFC 4180 that are safe to open in a spreadsheet.</summary>
static class CsvText
{
    /// <summary>A row with its line end. What is not known is an empty field, never 0.</summary>
    public static string Row(IEnumerable<object?> fields) =>
        string.Join(',', fields.Select(field => Quoted(field is null ? "" : Guarded(field)))) + "\r\n";

    static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? field
        : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>A text that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    static string Guarded(object value) => value switch
    {
        string { Length: > 0 } text when text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' => "'" + text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
