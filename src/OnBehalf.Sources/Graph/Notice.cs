using System.Text.Json;

namespace OnBehalf.Sources.Graph;

/// <summary>What a notice asks of us.</summary>
public enum NoticeKind
{
    /// <summary>To look into the mailbox: something changed, or a notice was lost.</summary>
    Look,
    /// <summary>To ask for a new subscription, and look: Graph has ended this one.</summary>
    Removed,
    /// <summary>To renew the subscription.</summary>
    Tired,
}

/// <summary>
/// A change notification or a lifecycle notification, of which only three words count. Source: Graph, "Receive change
/// notifications through webhooks" and "Reduce missing subscriptions and change notifications".
/// </summary>
/// <param name="Subscription">Graph's id of the subscription.</param>
/// <param name="State">The word that proves that it is Graph's.</param>
/// <param name="Kind">What it asks of us.</param>
public sealed record Notice(string Subscription, string State, NoticeKind Kind)
{
    /// <summary>Notices of one delivery that are looked at: Graph sends far fewer, and one of a mailbox is enough.</summary>
    public const int Limit = 1_000;

    /// <summary>Letters of a subscription's id, and of its word (Graph: at most 128).</summary>
    const int TextLimit = 128;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>Reads a delivery. What is no notice in it is passed over.</summary>
    /// <exception cref="JsonException">It is no delivery.</exception>
    public static IReadOnlyList<Notice> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, Options);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("value", out var rows)
            || rows.ValueKind != JsonValueKind.Array) throw new JsonException("This is no delivery of notices.");
        var notices = new List<Notice>();
        foreach (var row in rows.EnumerateArray())
        {
            if (notices.Count == Limit) break;
            if (row.ValueKind != JsonValueKind.Object || Text(row, "subscriptionId") is not { } id) continue;
            notices.Add(new(id, Text(row, "clientState") ?? "", KindOf(Text(row, "lifecycleEvent"))));
        }
        return notices;
    }

    static NoticeKind KindOf(string? lifecycle) => lifecycle switch
    {
        "subscriptionRemoved" => NoticeKind.Removed,
        "reauthorizationRequired" => NoticeKind.Tired,
        _ => NoticeKind.Look, // A change; missed; whatever there may be one day.
    };

    static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: <= TextLimit } text ? text : null;
}
