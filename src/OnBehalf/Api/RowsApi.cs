using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Api;

/// <summary><c>/api/v1/rows</c>: the messages behind a figure, page by page, or all of them as a stream.</summary>
static class RowsApi
{
    /// <summary>Rows of a page unless the question says otherwise.</summary>
    public const int UsualTake = 50;

    /// <summary>Rows that a stream holds at a time.</summary>
    const int StreamTake = SegmentQuery.TakeLimit;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/rows", AnswerAsync);

    static async Task AnswerAsync(HttpContext http, StoreWatch watch, FactDesk desk, Turns turns, TimeProvider time)
    {
        var view = watch.Current;
        var asked = Asked.Read(http.Request, view, time, "format", "take", "after", "key");
        var (form, keys) = (asked.Choice("format", AnswerForm.Json), asked.Keys("key"));
        var after = PageToken.Read("after", asked.Text("after"));
        var take = TakeOf(asked);
        if (keys.Count != 0 && keys.Count != asked.Query.Normalised().Dimensions.Count)
            throw new Mistake("invalid", $"key: there are {asked.Query.Normalised().Dimensions.Count} dimensions, and a key for each.");
        var pieces = form == AnswerForm.Json
            ? await turns.TakeAsync(() => Page(view, desk, asked.Query, keys, take, after, http.RequestAborted), http.RequestAborted)
            : Stream(view, desk, asked.Query, keys, form, after, http.RequestAborted);
        await MetricsApi.WriteAsync(http, turns, pieces, form, "rows");
    }

    /// <summary>How many rows a page has.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static int TakeOf(Asked asked) => asked.Text("take") is not { } text ? UsualTake
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= SegmentQuery.TakeLimit
            ? number
            : throw new Mistake("invalid", $"take: from 1 to {SegmentQuery.TakeLimit} rows are shown.");

    static IEnumerable<ReadOnlyMemory<byte>> Page(
        StoreView view, FactDesk desk, MetricQuery query, IReadOnlyList<string?> keys, int take, FigureRow? after,
        CancellationToken cancellation)
    {
        var rows = view.RowsBehind(query, keys, take, after, cancellation);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, AnswerText.Plain);
        json.WriteStartObject();
        json.WriteString("query", QueryText.PrintUrl(query));
        json.WriteStartArray("rows");
        foreach (var shown in RowText.Show(view, desk, rows.Rows, cancellation)) WriteRow(json, RowText.Fields(view, query, shown));
        json.WriteEndArray();
        if (rows.HasMore) json.WriteString("next", PageToken.After(rows.Rows[^1]));
        else json.WriteNull("next");
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return [buffer.WrittenMemory];
    }

    static IEnumerable<ReadOnlyMemory<byte>> Stream(
        StoreView view, FactDesk desk, MetricQuery query, IReadOnlyList<string?> keys, AnswerForm form, FigureRow? after,
        CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, AnswerText.Plain);
        if (form == AnswerForm.Csv) Encoding.UTF8.GetBytes(CsvText.Row(RowText.Columns), buffer);
        for (var isMore = true; isMore;)
        {
            var page = view.RowsBehind(query, keys, StreamTake, after, cancellation);
            foreach (var shown in RowText.Show(view, desk, page.Rows, cancellation))
            {
                var fields = RowText.Fields(view, query, shown);
                if (form == AnswerForm.Csv) Encoding.UTF8.GetBytes(CsvText.Row(fields), buffer);
                else WriteLine(json, buffer, fields);
            }
            yield return buffer.WrittenMemory;
            buffer.ResetWrittenCount();
            isMore = page.HasMore;
            if (page.Rows.Count > 0) after = page.Rows[^1];
        }
    }

    static void WriteLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, object?[] fields)
    {
        WriteRow(json, fields);
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }

    static void WriteRow(Utf8JsonWriter json, object?[] fields)
    {
        json.WriteStartObject();
        for (var i = 0; i < fields.Length; i++)
        {
            var name = RowText.Columns[i];
            switch (fields[i])
            {
                case null: json.WriteNull(name); break;
                case bool yes: json.WriteBoolean(name, yes); break;
                case int number: json.WriteNumber(name, number); break;
                case var text: json.WriteString(name, text.ToString()); break;
            }
        }
        json.WriteEndObject();
    }
}
