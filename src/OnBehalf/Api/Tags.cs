using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using OnBehalf.Answers;

namespace OnBehalf.Api;

/// <summary>Entity tags: the same question to the same edition has the same answer.</summary>
static class Tags
{
    // Sixty-four bits: nobody asks so many questions of one edition that two would share a tag.
    const int Bytes = 8;

    /// <summary>The tag of an answer.</summary>
    public static string Of(StoreView view, string question, AnswerForm form)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{view.Edition} {form} {question}"));
        return $"\"{Convert.ToHexStringLower(hash.AsSpan(0, Bytes))}\"";
    }

    /// <summary>Says the tag, and whether the caller has that answer already; then 304 is all there is to say.</summary>
    public static bool IsKnown(HttpContext http, string tag)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(k => k.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false))) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
