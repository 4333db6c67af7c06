using System.Text.Encodings.Web;
using System.Text.Json;

namespace OnBehalf.Simulator.Graph;

/// <summary>What goes back: a status, headers and a body.</summary>
sealed class GraphAnswer : IDisposable
{
    const string Json = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    static readonly JsonWriterOptions Writing = new()
    {
        // Graph sends UTF-8 as it is; what we write is well formed, so checking it again would only cost time.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    public int Status { get; init; } = 200;
    public string? ContentType { get; init; }
    public Dictionary<string, string> Headers { get; } = [];
    public ReadOnlyMemory<byte> Body { get; private init; }
    PageBuffer? Buffer { get; init; }

    public static GraphAnswer Empty(int status) => new() { Status = status };

    public static GraphAnswer Of(Action<Utf8JsonWriter> write, int status = 200)
    {
        var buffer = new PageBuffer();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return new GraphAnswer { Status = status, ContentType = Json, Body = buffer.Written, Buffer = buffer };
    }

    public static GraphAnswer OfArray(Action<Utf8JsonWriter> write)
    {
        var buffer = new PageBuffer();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }
        return new GraphAnswer { ContentType = "application/json; charset=utf-8", Body = buffer.Written, Buffer = buffer };
    }

    public static GraphAnswer OfBytes(byte[] body, string contentType, int status = 200) =>
        new() { Status = status, ContentType = contentType, Body = body };

    /// <summary>Gives the body's room back; it cannot be read afterwards.</summary>
    public void Dispose() => Buffer?.Dispose();

    public GraphAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
