using System.Globalization;
using System.Text.RegularExpressions;
using OnBehalf.Answers;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>The questions in SQL, of <c>bench/peers/questions.sql</c>.</summary>
static class PeerQuestions
{
    static readonly Dictionary<string, string> Texts = Read().Split("-- name: ").Skip(1).Select(part => part.Split('\n', 2))
        .ToDictionary(part => part[0].Trim(), part => part[1].Trim());

    /// <summary>A question, with the same bounds as ours.</summary>
    public static string Sql(Question question, StoreView view) => Regex.Replace(
        Texts[question.Name], ":(from|to|asof|mailbox)\\b", name => (name.Groups[1].Value switch
        {
            "from" => question.Query.From.ToUnixTimeSeconds(),
            "to" => question.Query.To.ToUnixTimeSeconds(),
            "asof" => question.Query.AsOf.ToUnixTimeSeconds(),
            _ => view.Find(AskedQuestions.Mailbox).Value,
        }).ToString(CultureInfo.InvariantCulture));

    static string Read()
    {
        using var text = new StreamReader(typeof(PeerQuestions).Assembly.GetManifestResourceStream("questions.sql")!);
        return text.ReadToEnd();
    }
}
