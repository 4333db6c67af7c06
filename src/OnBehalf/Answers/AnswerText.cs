using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Answers;

/// <summary>How an answer is written for programs.</summary>
enum AnswerForm
{
    /// <summary>Everything: question, rows, totals, comparison, coverage, age of the data.</summary>
    Json,
    /// <summary>One row a line.</summary>
    Csv,
    /// <summary>One row a line, as JSON.</summary>
    Jsonl,
}

/// <summary>Writes answers. The API and the command line share it, so that both say the same, byte for byte.</summary>
static class AnswerText
{
    /// <summary>Bytes that are gathered before they are handed on.</summary>
    const int ChunkSize = 32 * 1024;

    /// <summary>How many age bands an open wait may lie in.</summary>
    static readonly string[] AgeNames = ["0_1h", "1_4h", "4_8h", "8_24h", "1_3d", "over_3d"];

    // Addresses and names stay legible; what comes out is JSON and never put into a page.
    internal static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer in pieces, as UTF-8; a piece is valid until the next is asked for.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Write(Answer answer, AnswerForm form) => form switch
    {
        AnswerForm.Csv => Csv(answer.Result),
        AnswerForm.Jsonl => Lines(answer.Result),
        _ => Json(answer),
    };

    /// <summary>The answer as one text.</summary>
    public static string WriteText(Answer answer, AnswerForm form)
    {
        using var stream = new MemoryStream();
        foreach (var piece in Write(answer, form)) stream.Write(piece.Span);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static IEnumerable<ReadOnlyMemory<byte>> Json(Answer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        WriteQuestion(json, answer);
        foreach (var piece in Rows(json, buffer, answer.Result, "rows")) yield return piece;
        WriteFigures(json, "totals", answer.Result, answer.Result.Totals);
        if (answer.Compared is { } compared)
        {
            json.WriteStartObject("compared");
            WriteRange(json, compared.Query);
            foreach (var piece in Rows(json, buffer, compared, "rows")) yield return piece;
            WriteFigures(json, "totals", compared, compared.Totals);
            json.WriteEndObject();
        }
        WriteStanding(json, answer);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        yield return buffer.WrittenMemory;
    }

    static IEnumerable<ReadOnlyMemory<byte>> Rows(
        Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, MetricResult result, string name)
    {
        json.WriteStartArray(name);
        foreach (var row in result.Rows)
        {
            json.WriteStartObject();
            WriteKeys(json, result, row);
            WriteFigures(json, "figures", result, row.Figures);
            json.WriteEndObject();
            if (json.BytesPending + buffer.WrittenCount < ChunkSize) continue;
            json.Flush();
            yield return buffer.WrittenMemory;
            buffer.ResetWrittenCount();
        }
        json.WriteEndArray();
    }

    static void WriteQuestion(Utf8JsonWriter json, Answer answer)
    {
        var query = answer.Query;
        json.WriteString("query", QueryText.PrintUrl(query));
        WriteRange(json, query);
        json.WriteString("zone", query.Zone.Id);
        json.WriteString("clock", QueryText.WordOf(query.Clock));
        json.WriteNumber("definition_version", answer.Result.DefinitionVersion);
        json.WriteStartArray("metrics");
        foreach (var metric in query.Metrics.Select(name => MetricRegistry.Find(name)!)) Definitions.Write(json, metric);
        json.WriteEndArray();
        json.WriteStartArray("dimensions");
        foreach (var name in query.Dimensions) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in answer.Result.Steps)
        {
            json.WriteStartObject();
            json.WriteString("key", step.Key);
            json.WriteString("from", Text(step.From));
            json.WriteString("to", Text(step.To));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteRange(Utf8JsonWriter json, MetricQuery query)
    {
        json.WriteString("from", Text(query.From));
        json.WriteString("to", Text(query.To));
        json.WriteString("as_of", Text(query.AsOf));
    }

    static void WriteKeys(Utf8JsonWriter json, MetricResult result, ResultRow row)
    {
        json.WriteStartObject("keys");
        for (var i = 0; i < row.Keys.Count; i++) json.WriteString(result.Query.Dimensions[i], row.Keys[i]);
        json.WriteEndObject();
    }

    static void WriteFigures(Utf8JsonWriter json, string name, MetricResult result, IReadOnlyList<Figure> figures)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < figures.Count; i++)
        {
            json.WriteStartObject(result.Query.Metrics[i]);
            WriteFigure(json, figures[i]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteFigure(Utf8JsonWriter json, in Figure figure)
    {
        if (figure.Value is { } value) json.WriteNumber("value", value);
        else json.WriteNull("value");
        json.WriteNumber("count", figure.Count);
        json.WriteBoolean("small", figure.IsSmall);
        if (figure.Open > 0) json.WriteNumber("open", figure.Open);
        if (figure.Distribution is { } d)
        {
            json.WriteNumber("mean", d.Mean);
            json.WriteNumber("least", d.Least);
            json.WriteNumber("p75", d.P75);
            json.WriteNumber("p90", d.P90);
            json.WriteNumber("p95", d.P95);
            json.WriteNumber("p99", d.P99);
            json.WriteNumber("largest", d.Largest);
            WriteNumbers(json, "histogram", d.Histogram);
        }
        if (figure.Ages is { } ages) WriteNumbers(json, "ages", ages);
    }

    static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    static void WriteStanding(Utf8JsonWriter json, Answer answer)
    {
        var (coverage, leftOut) = (answer.Result.Coverage, answer.Result.LeftOut);
        json.WriteStartObject("coverage");
        if (coverage.Value is { } known) json.WriteNumber("value", known);
        else json.WriteNull("value");
        json.WriteNumber("known", coverage.Known);
        json.WriteNumber("ambiguous", coverage.Ambiguous);
        json.WriteNumber("pending", coverage.Pending);
        json.WriteNumber("unattributed", coverage.Unattributed);
        json.WriteEndObject();
        if (answer.View.CompleteUntil is { } whole) json.WriteString("complete_until", Text(whole));
        else json.WriteNull("complete_until");
        json.WriteStartObject("left_out");
        json.WriteNumber("undated", leftOut.Undated);
        json.WriteNumber("unfinished_cycles", leftOut.UnfinishedCycles);
        json.WriteEndObject();
        json.WriteStartArray("data");
        foreach (var age in answer.View.Sources)
        {
            json.WriteStartObject();
            json.WriteString("mailbox", age.Name);
            json.WriteString("newest_message_at", Text(age.Newest));
            if (age.ReadAt is { } read) json.WriteString("read_at", Text(read));
            else json.WriteNull("read_at");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (answer.View.AuditReadAt is { } audit) json.WriteString("audit_read_at", Text(audit));
        else json.WriteNull("audit_read_at");
    }

    static IEnumerable<ReadOnlyMemory<byte>> Csv(MetricResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Encoding.UTF8.GetBytes(CsvText.Row(Columns(result)), buffer);
        foreach (var row in RowsOrTotals(result))
        {
            Encoding.UTF8.GetBytes(CsvText.Row(Fields(result, row)), buffer);
            if (buffer.WrittenCount < ChunkSize) continue;
            yield return buffer.WrittenMemory;
            buffer.ResetWrittenCount();
        }
        yield return buffer.WrittenMemory;
    }

    static IEnumerable<ReadOnlyMemory<byte>> Lines(MetricResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        foreach (var row in RowsOrTotals(result))
        {
            json.WriteStartObject();
            WriteKeys(json, result, row);
            WriteFigures(json, "figures", result, row.Figures);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < ChunkSize) continue;
            yield return buffer.WrittenMemory;
            buffer.ResetWrittenCount();
        }
        yield return buffer.WrittenMemory;
    }

    // Without dimensions there is one row: the total, also when nothing was counted.
    static IEnumerable<ResultRow> RowsOrTotals(MetricResult result) =>
        result.Query.Dimensions.Count == 0 ? [new([], result.Totals)] : result.Rows;

    static IEnumerable<string> Columns(MetricResult result) =>
        result.Query.Dimensions.Concat(result.Query.Metrics.SelectMany(name => MetricRegistry.Find(name)! switch
        {
            { Dating: Dating.State } => [name, .. AgeNames.Select(age => $"{name}_{age}")],
            { Aggregation: Aggregation.Distribution } =>
                [name, $"{name}_count", $"{name}_mean", $"{name}_p75", $"{name}_p90", $"{name}_p95", $"{name}_p99"],
            { Aggregation: Aggregation.Sum } => [name],
            _ => (string[])[name, $"{name}_count"],
        }));

    static IEnumerable<object?> Fields(MetricResult result, ResultRow row)
    {
        foreach (var key in row.Keys) yield return key;
        for (var i = 0; i < row.Figures.Count; i++)
        {
            var (figure, metric) = (row.Figures[i], MetricRegistry.Find(result.Query.Metrics[i])!);
            yield return figure.Value;
            if (metric.Dating == Dating.State)
            {
                for (var age = 0; age < Histogram.AgeBands.Count + 1; age++) yield return figure.Ages?[age];
                continue;
            }
            if (metric.Aggregation == Aggregation.Sum) continue;
            yield return figure.Count;
            if (metric.Aggregation != Aggregation.Distribution) continue;
            var d = figure.Distribution;
            foreach (var value in (double?[])[d?.Mean, d?.P75, d?.P90, d?.P95, d?.P99]) yield return value;
        }
    }

    internal static string Text(Instant at) => InstantPattern.General.Format(at);

    internal static string Text(long at) => Text(Instant.FromUnixTimeSeconds(at));
}
