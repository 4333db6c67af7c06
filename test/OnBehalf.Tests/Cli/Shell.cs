using System.Text;
using System.Text.Json;
using OnBehalf.Cli;

namespace OnBehalf.Tests.Cli;

/// <summary>A folder of its own and a clock that stands still, in which command lines are typed.</summary>
sealed class Shell : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-cli-").FullName;

    /// <summary>The instant at which every command runs: a Wednesday noon.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 14, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands at that instant.</summary>
    public static TimeProvider Clock { get; } = new StoppedClock();

    /// <summary>Where the store is, or would be.</summary>
    public string Store => At("mail.db");

    /// <summary>The path of a file in the folder.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file; returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>Runs a command that needs no store, with something on standard input.</summary>
    public static async Task<Outcome> RunWithInputAsync(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var terminal = new Terminal(output, error, stream, IsInteractive: false, new StoppedClock());
        var code = await CommandLine.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command on the store of this shell.</summary>
    public Task<Outcome> RunAsync(params string[] args) => RunWithInputAsync("", [.. args, "--store", Store]);

    /// <summary>Runs a command that has to end with 0.</summary>
    public async Task<Outcome> DoAsync(params string[] args)
    {
        var outcome = await RunAsync(args);
        Assert.True(outcome.Code == ExitCode.Done, $"{string.Join(' ', args)}: {outcome}");
        return outcome;
    }

    /// <summary>The rows that a command writes as JSON.</summary>
    public async Task<List<JsonElement>> RowsAsync(params string[] args) =>
        (await DoAsync([.. args, "--format", "json"])).Rows();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>How a command ended and what it wrote.</summary>
sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>The rows of JSON output.</summary>
    public List<JsonElement> Rows()
    {
        using var document = JsonDocument.Parse(Out);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
