using OnBehalf.Cli;
using OnBehalf.Store;
using OnBehalf.Tests.Store;

namespace OnBehalf.Tests.Cli;

/// <summary>Commands that are stopped, that find the store taken or out of reach, and that ask first.</summary>
public sealed class StopSlices : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_stopped_import_ends_with_130_and_is_completed_by_the_same_command()
    {
        using var stop = new CancellationTokenSource();
        using var input = new StoppingStream(Encoded(Desk.Mbox), stop);
        using var error = new StringWriter();
        string[] args = ["import", "mail", "-", "--mailbox", Desk.Mailbox, "--agents", Desk.Agents, "--store", _shell.Store];
        var code = await CommandLine.RunAsync(
            args, new Terminal(TextWriter.Null, error, input, IsInteractive: false, TimeProvider.System), stop.Token);

        Assert.Equal(130, code);
        Assert.Contains("Stopped.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("interrupted", (await _shell.RunAsync("doctor")).Out, StringComparison.Ordinal);

        var again = await Shell.RunWithInputAsync(Desk.Mbox, args);
        Assert.Equal(0, again.Code);
        using var store = MailStore.Open(_shell.Store, StoreAccess.Read, TimeProvider.System);
        Assert.Equal(Desk.Count, store.Facts.Counts().Sum(c => c.Messages));
    }

    [Theory]
    [InlineData("import", "audit", "audit.json")]
    [InlineData("rebuild")]
    public async Task A_store_that_somebody_else_writes_ends_with_5_and_says_who(params string[] args)
    {
        await Desk.ImportMailAsync(_shell);
        _shell.Write("audit.json", Desk.Audit);
        using var other = MailStore.Open(_shell.Store, StoreAccess.Write, TimeProvider.System);
        using var error = new StringWriter();
        string[] line = [.. args.Select(a => a == "audit.json" ? _shell.At(a) : a), "--store", _shell.Store];
        var terminal = new Terminal(TextWriter.Null, error, Stream.Null, IsInteractive: false, new HandClock());

        Assert.Equal(5, await CommandLine.RunAsync(line, terminal, TestContext.Current.CancellationToken));
        Assert.Contains("Waiting for", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"is being written by", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rebuild")]
    [InlineData("doctor")]
    [InlineData("report", "agents")]
    public async Task A_store_that_is_a_folder_ends_with_7(params string[] args)
    {
        Directory.CreateDirectory(_shell.Store);
        var said = await _shell.RunAsync(args);
        Assert.Equal(7, said.Code);
        Assert.Contains("is a folder", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData(" yes \n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    [InlineData("yesterday\n", false)]
    public async Task Somebody_who_watches_is_asked_before_figures_move(string answer, bool isDone)
    {
        await Desk.ImportMailAsync(_shell);
        using var error = new StringWriter();
        using var input = new MemoryStream(Encoded(answer));
        var terminal = new Terminal(TextWriter.Null, error, input, IsInteractive: true, TimeProvider.System);
        var code = await CommandLine.RunAsync(
            ["schedule", "set", "Mon-Fri 09:00-17:00", "--store", _shell.Store], terminal, TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Contains("[y/N]", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(isDone ? "Changed;" : "Nothing was changed.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(isDone ? 1 : 0, (await _shell.RowsAsync("schedule", "list")).Count);
    }

    static byte[] Encoded(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>Somebody presses Ctrl+C when the first bytes have been read.</summary>
    sealed class StoppingStream(byte[] bytes, CancellationTokenSource stop) : MemoryStream(bytes)
    {
        // Every other way to read leads here.
        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position > 0) stop.Cancel();
            return base.Read(buffer, offset, Math.Min(100, count));
        }
    }
}
