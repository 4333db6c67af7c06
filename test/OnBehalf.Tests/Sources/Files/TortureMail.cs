using System.Security.Cryptography;
using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Sources.Files;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Sources.Files;

/// <summary>
/// Every file of the torture fixtures, message by message: TortureMail.txt says what is read, another reader said the same
/// (README.md), and texts and addresses are there only as fingerprints. <c>SNAPSHOTS_UPDATE=1</c> writes it anew.
/// </summary>
public sealed class TortureMail
{
    static readonly Roles Nobody = new([], []);

    static string Table => Path.Combine(RealData.Repository, "test", "OnBehalf.Tests", "Sources", "Files", "TortureMail.txt");

    [Fact]
    public async Task Every_message_of_every_file_is_read_as_the_table_says()
    {
        var folder = RealData.Find("eml");
        var rows = new List<string>();
        foreach (var file in FileWalk.Files(folder).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file.Path).Replace('\\', '/');
            var mail = await MailRead.PathsAsync([file.Path]);
            rows.AddRange(mail.Messages.Select((message, i) => $"{Shown(name)} {i + 1}: {Row(mail, message)}"));
            rows.AddRange(mail.Damaged.Select(damage =>
                $"{Shown(name)}: {damage.Reason}{(damage.Where == file.Path ? "" : damage.Where[file.Path.Length..])}"));
            if (mail.Messages.Count + mail.Damaged.Count == 0) rows.Add($"{Shown(name)}: nothing");
        }
        if (Environment.GetEnvironmentVariable("SNAPSHOTS_UPDATE") == "1")
            await File.WriteAllLinesAsync(Table, rows, TestContext.Current.CancellationToken);

        var expected = await File.ReadAllLinesAsync(Table, TestContext.Current.CancellationToken);
        Assert.True(expected.SequenceEqual(rows), string.Join('\n',
            expected.Except(rows).Select(row => $"missing   {row}").Concat(rows.Except(expected).Select(row => $"not there {row}"))));
    }

    [Fact]
    public async Task All_of_them_in_one_import_are_as_many_as_file_by_file()
    {
        var folder = RealData.Find("eml");
        var mail = await MailRead.PathsAsync([folder]);
        var (messages, damaged) = (0, 0);
        foreach (var file in FileWalk.Files(folder))
        {
            var alone = await MailRead.PathsAsync([file.Path]);
            (messages, damaged) = (messages + alone.Messages.Count, damaged + alone.Damaged.Count);
        }

        Assert.Equal((messages, damaged), (mail.Messages.Count, mail.Damaged.Count));
        Assert.All(mail.Damaged, damage => Assert.True(damage.Where.Length > 0 && damage.Reason.Length > 10));
    }

    static string Row(MailRead mail, MessageFact fact)
    {
        string All(IEnumerable<AddressId> ids) => string.Join(' ', ids.Select(id => mail[id]));
        var named = $"{mail[fact.From]}|{mail[fact.Sender]}|{All(fact.To)}|{All(fact.Cc)}|{All(fact.ReplyTo)}|{mail[fact.List]}";
        return string.Join(", ", ((string[])
        [
            $"{KindRules.Decide(fact, Nobody).Kind}", $"{fact.At}", fact.Importance == Importance.Normal ? "" : $"{fact.Importance}",
            fact.From.IsNone ? "nobody" : "", fact.Sender.IsNone ? "" : "sender", fact.List.IsNone ? "" : "list",
            Counted("to", fact.To.Count), Counted("cc", fact.Cc.Count), Counted("reply-to", fact.ReplyTo.Count), Mark("who", named),
            Counted("answers", fact.InReplyTo.Count), Counted("refers", fact.References.Count),
            Counted("index", fact.ConversationIndex.Length), Mark("id", fact.MessageId), Mark("subject", fact.Subject),
            Counted("bytes", fact.Size ?? 0),
        ]).Where(part => part.Length > 0));
    }

    static string Counted(string what, int count) => count == 0 ? "" : $"{what} {count}";

    static string Mark(string what, string text) => text.Length == 0 ? "" : $"{what} {text.Length}:{Hash(text)}";

    // Files of two folders are named after people: those are told by a fingerprint.
    static string Shown(string name) => name.Split('/') is [.. var folders, _] && string.Join('/', folders) is var folder
        && folder is "kmime/mails" or "mimekit/mbox" ? $"{folder}/{Hash(name)}" : name;

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..4]);
}
