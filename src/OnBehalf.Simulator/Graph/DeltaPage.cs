using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>How far a round has come after a page.</summary>
readonly record struct DeltaProgress(int Position, int Given, bool IsLast);

/// <summary>Writes one page of a delta round.</summary>
sealed class DeltaPage(World world, DeltaRound round, DeltaToken token, MessageWriter writer, Mailbox mailbox, bool immutable)
{
    readonly MessageFilter _filter = MessageFilter.ParseDelta(token.Filter, world.Company);

    public DeltaProgress? Write(Utf8JsonWriter json, int size)
    {
        var (position, given) = (token.Position, token.Given);
        if (token.Position > token.PageBegan && size > 0) Repeat(json);
        for (var room = size; position < round.Count && room > 0 && given < DeltaEndpoint.MostOf(token); position++)
        {
            if (!TryWrite(json, round.At(position))) continue;
            room--;
            given++;
        }
        var isLast = position >= round.Count || given >= DeltaEndpoint.MostOf(token);
        return new DeltaProgress(position, given, isLast);
    }

    /// <summary>Messages of the page before, again.</summary>
    void Repeat(Utf8JsonWriter json)
    {
        if (world.Quirks[Quirk.RepeatedItems] == 0) return;
        for (var position = token.PageBegan; position < token.Position; position++)
            if (world.Strikes(Quirk.RepeatedItems, round.At(position).Letter.IdSeed)) TryWrite(json, round.At(position));
    }

    bool TryWrite(Utf8JsonWriter json, StoredMessage message)
    {
        var kind = round.Judge(message, out var state);
        if (kind == DeltaKind.Nothing || !IsAskedFor(kind)) return false;
        if (kind != DeltaKind.Removed && !_filter.IsEmpty && !_filter.Holds(message, state)) return false;
        if (kind == DeltaKind.Removed)
        {
            WriteRemoved(json, message, state);
            return true;
        }
        if (round.Outdated(message, state) is { } outdated) WriteRemoved(json, message, outdated);
        json.WriteStartObject();
        writer.Write(json, message, state);
        json.WriteEndObject();
        return true;
    }

    bool IsAskedFor(DeltaKind kind) => token.ChangeType is not { } types
        || types.Contains(kind == DeltaKind.Removed ? "deleted" : kind.ToString(), StringComparison.OrdinalIgnoreCase);

    void WriteRemoved(Utf8JsonWriter json, StoredMessage message, in MessageState state)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type"u8, "#microsoft.graph.message"u8);
        json.WriteString("id"u8, MessageKeys.Of(mailbox, message, state, immutable));
        json.WriteStartObject("@removed"u8);
        json.WriteString("reason"u8, "deleted"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
