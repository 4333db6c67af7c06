using System.Text.Json;
using System.Text.Json.Serialization;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>What a folder is to us: what lies in it, and its path where people file messages there.</summary>
readonly record struct FolderPlace(Folder Role, string Path)
{
    /// <summary>A Sent Items folder.</summary>
    public static readonly FolderPlace SentItems = new(Folder.SentItems, "");
}

/// <summary>How far a folder was read.</summary>
sealed record FolderBookmark
{
    /// <summary>What lies in it; null where it is not read.</summary>
    public Folder? Role { get; init; }

    /// <summary>The folder that it lies in.</summary>
    public string? Parent { get; init; }

    /// <summary>What people call it; null where it was last read before names were.</summary>
    public string? Name { get; init; }

    /// <summary>Whether mail arrives here: what lies here was not filed by anybody.</summary>
    public bool IsInbox { get; init; }

    /// <summary>Where its rounds go on, below the root of Graph; null: at the beginning.</summary>
    public string? Link { get; init; }

    /// <summary>Whether the first round has come to its end, and the link leads to what changed since.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Messages that the first round gave so far.</summary>
    public int Given { get; init; }

    /// <summary>The oldest of them, seconds since 1970 UTC: behind it begins what a filtered round leaves out.</summary>
    public long? Oldest { get; init; }

    /// <summary>Where the list of what the first round left out goes on; null: there is none to read.</summary>
    public string? Older { get; init; }

    /// <summary>Reads what <see cref="Print"/> wrote; whatever else it is, the folder is begun anew.</summary>
    public static FolderBookmark Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, GraphJson.Default.FolderBookmark) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    /// <summary>The bookmark as text.</summary>
    public string Print() => JsonSerializer.Serialize(this, GraphJson.Default.FolderBookmark);
}

[JsonSerializable(typeof(FolderBookmark))]
[JsonSerializable(typeof(ListBookmark))]
[JsonSerializable(typeof(FolderPage))]
[JsonSerializable(typeof(MailFolder))]
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(JsonStringEnumConverter<Folder>)])]
sealed partial class GraphJson : JsonSerializerContext;
