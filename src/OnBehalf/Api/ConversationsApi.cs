using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Workers;

namespace OnBehalf.Api;

/// <summary>
/// <c>/api/v1/conversations</c>: those that began in the range, page by page; and <c>/api/v1/conversations/c1234</c>: one of
/// them with its messages, the evidence for each author, and its waits.
/// </summary>
static class ConversationsApi
{
    /// <summary>First messages looked at together while a page is filled.</summary>
    const int Stride = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/conversations", ListAsync);
        routes.MapGet("/conversations/{name}", ShowAsync);
    }

    static async Task ListAsync(HttpContext http, StoreWatch watch, Turns turns, TimeProvider time)
    {
        var view = watch.Current;
        var asked = Asked.Read(http.Request, view, time, "take", "after");
        var (take, after) = (RowsApi.TakeOf(asked), PageToken.Read("after", asked.Text("after")));
        // Whoever began it wrote its first message: a requester's came in, an agent's went out.
        var metric = asked.Query.BegunBy == BegunBy.Agent ? "sent" : "received";
        var query = asked.Query with { Metrics = [metric], Dimensions = [], Granularity = null, Compare = null };
        var tag = Tags.Of(view, $"conversations {take} {asked.Text("after")} {QueryText.PrintUrl(query)}", AnswerForm.Json);
        if (Tags.IsKnown(http, tag)) return;
        var page = await turns.TakeAsync(() => Page(view, query, take, after, http.RequestAborted), http.RequestAborted);
        await MetricsApi.WriteAsync(http, turns, [page], AnswerForm.Json, "conversations");
    }

    static ReadOnlyMemory<byte> Page(
        StoreView view, MetricQuery query, int take, FigureRow? after, CancellationToken cancellation)
    {
        var roots = new List<FigureRow>();
        var hasMore = true;
        while (hasMore && roots.Count <= take)
        {
            var page = view.RowsBehind(query, [], Stride, after, cancellation);
            var findings = view.FindingsBehind(page.Rows);
            roots.AddRange(page.Rows.Where(row => findings[(row.Mailbox, row.FactId)].Conversation == row.FactId));
            hasMore = page.HasMore;
            if (page.Rows.Count > 0) after = page.Rows[^1];
        }
        var shown = roots.Take(take).ToList();
        var messages = shown.GroupBy(row => row.Mailbox)
            .SelectMany(box => view.FindingsIn(box.Key, box.Select(row => row.FactId).ToHashSet())
                .Select(finding => (Mailbox: box.Key, Finding: finding)))
            .ToLookup(f => (f.Mailbox, f.Finding.Conversation), f => f.Finding);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, AnswerText.Plain);
        json.WriteStartObject();
        json.WriteString("query", QueryText.PrintUrl(query));
        json.WriteStartArray("conversations");
        foreach (var row in shown) WriteSummary(json, view, query, row, [.. messages[(row.Mailbox, row.FactId)]]);
        json.WriteEndArray();
        if (roots.Count > take) json.WriteString("next", PageToken.After(shown[^1]));
        else json.WriteNull("next");
        json.WriteEndObject();
        return Ended(json, buffer);
    }

    static void WriteSummary(Utf8JsonWriter json, StoreView view, MetricQuery query, FigureRow row, List<Finding> all)
    {
        var asOf = query.AsOf.ToUnixTimeSeconds();
        var messages = all.Where(f => f.At <= asOf).OrderBy(f => f.At).ThenBy(f => f.FactId).ToList();
        var responses = messages.Where(f => f.Response is not null).ToList();
        json.WriteStartObject();
        json.WriteString("conversation", $"c{row.FactId}");
        json.WriteString("mailbox", view.Address(row.Mailbox));
        json.WriteString("began_at", AnswerText.Text(row.At));
        Write(json, "requester", messages.FirstOrDefault(f => !f.Requester.IsNone)?.Requester ?? default, view.Address);
        json.WriteNumber("messages", messages.Count);
        json.WriteNumber("responses", responses.Count);
        if (responses is [var first, ..]) json.WriteNumber("first_response_seconds", By(query.Clock, first.Response!.Waited));
        else json.WriteNull("first_response_seconds");
        json.WriteBoolean("still_waiting", messages.Any(f => f.Wait is { } wait && (wait.EndedAt is null || wait.EndedAt > asOf)));
        json.WriteStartArray("agents");
        foreach (var agent in messages.Where(f => f.Direction == Direction.Outbound && !f.Agent.IsNone).Select(f => f.Agent).Distinct())
            json.WriteStringValue(view.Address(agent));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static async Task ShowAsync(HttpContext http, string name, StoreWatch watch, FactDesk desk, Turns turns)
    {
        if (!(name is ['c', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)))
            throw new Mistake("not_found", "A conversation is named c and its number.");
        foreach (var parameter in http.Request.Query.Keys)
            throw new Mistake("invalid", $"{parameter}: one conversation is asked nothing further.");
        var view = watch.Current;
        var tag = Tags.Of(view, $"conversation {number}", AnswerForm.Json);
        if (Tags.IsKnown(http, tag)) return;
        var piece = await turns.TakeAsync(() => desk.Read(store =>
        {
            var found = store.Facts.FindFact(number) ?? throw new Mistake("not_found", $"There is no conversation {name}.");
            var walk = OneConversation.Of(view, store, found.Mailbox, number, http.RequestAborted);
            return ConversationText.Write(walk, found.Mailbox, id => store.Addresses[id]);
        }, http.RequestAborted), http.RequestAborted);
        await MetricsApi.WriteAsync(http, turns, [piece], AnswerForm.Json, "conversation");
    }

    static ReadOnlyMemory<byte> Ended(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    static void Write(Utf8JsonWriter json, string name, AddressId id, Func<AddressId, string> textOf)
    {
        if (id.IsNone) json.WriteNull(name);
        else json.WriteString(name, textOf(id));
    }

    static int By(Clock clock, Clocks waited) => clock switch
    {
        Clock.Mailbox => waited.Mailbox,
        Clock.Agent => waited.Agent,
        _ => waited.Calendar,
    };
}
