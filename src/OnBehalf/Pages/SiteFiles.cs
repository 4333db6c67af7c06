using System.Security.Cryptography;

namespace OnBehalf.Pages;

/// <summary>Style sheet, script and icon. Their address holds their fingerprint, so browsers keep them for good.</summary>
static class SiteFiles
{
    static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["site.css"] = "text/css; charset=utf-8",
        ["site.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    static readonly Dictionary<string, (string Url, byte[] Bytes)> Files = Types.Keys.ToDictionary(name => name, Load);

    /// <summary>The address of a file.</summary>
    public static string Url(string name) => Files[name].Url;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, file) in Files)
            routes.MapGet(file.Url, http =>
            {
                http.Response.ContentType = Types[name];
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted).AsTask();
            });
    }

    static (string, byte[]) Load(string name)
    {
        using var stream = typeof(SiteFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} was not built in.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ($"/files/{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}/{name}", bytes);
    }
}
