using System.Text.Json;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>A page of messages as Graph gives it.</summary>
/// <param name="Messages">What was seen; drafts and removals are left out.</param>
/// <param name="Damaged">Messages that are not what Graph documents.</param>
/// <param name="Count">How many there were, of any sort.</param>
/// <param name="NextLink">Where this round goes on; below the root of Graph.</param>
/// <param name="DeltaLink">Where the next round begins.</param>
sealed record MessagePage(
    IReadOnlyList<MessageFact> Messages, IReadOnlyList<Damage> Damaged, int Count, string? NextLink, string? DeltaLink);

/// <summary>Reads pages of messages, of <c>messages</c> and of <c>messages/delta</c> alike.</summary>
/// <param name="addresses">Every address met.</param>
/// <param name="toFact">What becomes of a message; null: nothing.</param>
sealed class MessagePageReader(Addresses addresses, Func<WireMessage, MessageFact?> toFact)
{
    readonly WireMessage _message = new(addresses);

    /// <summary>Reads a page.</summary>
    /// <param name="page">Its bytes.</param>
    /// <param name="where">What the page is of, to name a damaged message.</param>
    /// <exception cref="JsonException">This is no page.</exception>
    public MessagePage Read(ReadOnlySpan<byte> page, string where)
    {
        var json = new Utf8JsonReader(page);
        List<MessageFact> messages = [];
        List<Damage> damaged = [];
        var count = -1;
        string? next = null, delta = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("The page is no object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("value"u8)) count = ReadAll(ref json, messages, damaged, where);
            else if (json.ValueTextEquals("@odata.nextLink"u8)) next = Link(ref json);
            else if (json.ValueTextEquals("@odata.deltaLink"u8)) delta = Link(ref json);
            else json.Skip();
        }
        if (count < 0) throw new JsonException("The page holds no messages, not even none.");
        return new(messages, damaged, count, next, delta);
    }

    int ReadAll(ref Utf8JsonReader json, List<MessageFact> messages, List<Damage> damaged, string where)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) throw new JsonException("The messages of the page are no array.");
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            count++;
            var start = json;
            try
            {
                _message.Read(ref json);
                if (!_message.IsDraft && !_message.IsRemoved && toFact(_message) is { } fact) messages.Add(fact);
            }
            catch (FormatException wrong)
            {
                damaged.Add(new($"{where}, message {count} of a page", wrong.Message));
                json = start;
                json.Skip();
            }
        }
        return count;
    }

    static string? Link(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? GraphPages.Below(json.GetString()!) : null; // a string
    }
}
