using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;

namespace OnBehalf.Benchmarks;

/// <summary>
/// How long mail files take to become facts, plain and packed: invented mail, or the mbox that ONBEHALF_MBOX names.
/// </summary>
[MemoryDiagnoser]
public class MailFiles
{
    const int Messages = 20_000;

    string _plain = "", _packed = "";

    /// <summary>Writes the mail once.</summary>
    [GlobalSetup]
    public void Write()
    {
        _plain = Path.Combine(Path.GetTempPath(), $"onbehalf-{Guid.NewGuid():N}.mbox");
        _packed = _plain + ".gz";
        if (Environment.GetEnvironmentVariable("ONBEHALF_MBOX") is { Length: > 0 } real)
        {
            using var content = new GZipStream(File.OpenRead(real), CompressionMode.Decompress);
            using var copy = File.Create(_plain);
            content.CopyTo(copy);
        }
        else File.WriteAllText(_plain, Invented());
        using var packed = new GZipStream(File.Create(_packed), CompressionLevel.Fastest);
        using var plain = File.OpenRead(_plain);
        plain.CopyTo(packed);
    }

    /// <summary>Removes the mail.</summary>
    [GlobalCleanup]
    public void Remove()
    {
        File.Delete(_plain);
        File.Delete(_packed);
    }

    [Benchmark]
    public Task<int> Plain() => ReadAsync(_plain);

    [Benchmark]
    public Task<int> Packed() => ReadAsync(_packed);

    static async Task<int> ReadAsync(string path)
    {
        var messages = 0;
        await foreach (var page in new FileMailSource([path], new(), new Addresses(), null).ReadAsync(default))
            messages += page.Messages.Count;
        return messages;
    }

    static string Invented()
    {
        var (random, text) = (new Random(1), new StringBuilder());
        for (var i = 0; i < Messages; i++)
        {
            text.Append($"From person{i % 500}@acme.example Tue Mar  3 10:15:30 2020\n");
            for (var hop = 0; hop < 5; hop++)
                text.Append($"Received: from mx{hop}.acme.example by mx{hop + 1}.acme.example\n\twith ESMTPS id {random.Next():x8};\n");
            text.Append($"From: \"Person {i % 500}\" <person{i % 500}@acme.example>\nTo: Support <support@acme.example>,\n");
            text.Append($" Other {i % 900} <other{i % 900}@b.example>\nDate: Tue, 3 Mar 2020 10:{i % 60:00}:30 +0100\n");
            text.Append($"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= {i}\nMessage-ID: <{i}.{random.Next():x8}@acme.example>\n");
            text.Append($"In-Reply-To: <{i - 1}@acme.example>\nReferences: <{i - 2}@acme.example>\n <{i - 1}@acme.example>\n\n");
            text.Append('x', random.Next(3000)).Append("\n\n");
        }
        return text.ToString();
    }
}
