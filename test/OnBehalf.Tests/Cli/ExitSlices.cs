using System.CommandLine;
using System.CommandLine.Parsing;
using OnBehalf.Cli;
using OnBehalf.Store;

namespace OnBehalf.Tests.Cli;

public sealed class ExitSlices : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    /// <summary>Every command by its full name.</summary>
    public static TheoryData<string> Commands()
    {
        var names = new TheoryData<string>();
        var open = new Stack<(Command Command, string Name)>([(Root(), "")]);
        while (open.TryPop(out var next))
        {
            names.Add(next.Name);
            foreach (var child in next.Command.Subcommands) open.Push((child, $"{next.Name} {child.Name}".Trim()));
        }
        return names;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_has_an_example_that_can_be_typed(string command)
    {
        var said = await Shell.RunWithInputAsync("", [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, said.Code);
        // Every command is named in its usage, without quotes or values; examples stand indented in the description.
        var description = said.Out[..said.Out.IndexOf("Usage:", StringComparison.Ordinal)];
        var examples = description.Split('\n').Where(l => l.Contains("onbehalf ", StringComparison.Ordinal))
            .Select(l => l[l.IndexOf("onbehalf ", StringComparison.Ordinal)..].Split(" > ")[0].Trim()).ToList();
        Assert.Contains(examples, e => e.StartsWith($"onbehalf {command}".Trim(), StringComparison.Ordinal));
        foreach (var example in examples)
        {
            string[] args = [.. CommandLineParser.SplitCommandLine(example).Skip(1)];
            Assert.Empty(Root().Parse(args, new() { ResponseFileTokenReplacer = null }).Errors);
        }
    }

    [Fact]
    public async Task An_unknown_option_is_a_mistake_of_usage()
    {
        var said = await _shell.RunAsync("report", "agents", "--nonsense");
        Assert.Equal(2, said.Code);
        Assert.Contains("--nonsense", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--zone", "Europe/Nowhere")]
    [InlineData("--from", "yesterday")]
    public async Task A_value_that_makes_no_sense_is_named(string option, string value)
    {
        await Desk.ImportMailAsync(_shell);
        var said = await _shell.RunAsync("report", "agents", option, value);
        Assert.Equal(2, said.Code);
        Assert.Contains($"{option} {value}", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_not_there_are_not_found()
    {
        var missing = _shell.At("missing");
        foreach (var args in (string[][])[
            ["import", "mail", missing, "--mailbox", Desk.Mailbox], ["import", "audit", missing],
            ["import", "mail", missing, "--mailbox", Desk.Mailbox, "--agents-file", missing],
            ["settings", "import", missing], ["report", "agents"], ["doctor"]])
        {
            using var shell = new Shell();
            var said = await shell.RunAsync(args);
            Assert.Equal((args[0], 3), (args[0], said.Code));
            Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(shell.Store), $"{args[0]} made a store.");
        }
        var check = await Shell.RunWithInputAsync("", "check-message", missing);
        Assert.Equal(3, check.Code);
    }

    [Fact]
    public async Task A_mailbox_without_messages_is_not_found_and_the_known_ones_are_named()
    {
        await Desk.ImportMailAsync(_shell);
        var said = await _shell.RunAsync("report", "agents", "--mailbox", "nobody@acme.example");
        Assert.Equal(3, said.Code);
        Assert.Contains(Desk.Mailbox, said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("report")]
    [InlineData("doctor")]
    [InlineData("rebuild")]
    public async Task Another_programs_file_is_refused_and_left_as_it_was(string command)
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter, and no store.\n", 400));
        _shell.Write("mail.db", text);
        var mail = _shell.Write("desk.mbox", Desk.Mbox);
        var said = await _shell.RunAsync(command switch
        {
            "import" => ["import", "mail", mail, "--mailbox", Desk.Mailbox],
            "report" => ["report", "agents"],
            _ => [command],
        });
        Assert.True(said.Code is 4 or 6, said.ToString());
        Assert.Equal(text, await File.ReadAllTextAsync(_shell.Store, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_doctor_ends_with_9_while_there_is_something_to_do_and_with_0_when_there_is_not()
    {
        await Desk.ImportMailAsync(_shell);
        var said = await _shell.RunAsync("doctor", "--format", "json");
        Assert.Equal(9, said.Code);
        var trouble = Assert.Single(said.Rows(), r => r.GetProperty("severity").GetString() == "warning");
        Assert.Contains("SendAsNoAuditSource 1", trouble.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Contains("onbehalf import audit", trouble.GetProperty("what_to_do").GetString(), StringComparison.Ordinal);

        await Desk.ImportAuditAsync(_shell);
        said = await _shell.RunAsync("doctor", "--format", "json");
        Assert.Equal(0, said.Code);
        Assert.All(said.Rows(), r => Assert.Equal("note", r.GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task The_doctor_tells_each_mailbox_of_little_coverage_its_own_reasons()
    {
        await Desk.ImportMailAsync(_shell);
        var sales = Enumerable.Range(1, 2).SelectMany(i => new[]
        {
            Desk.Message(Desk.Asked, $"order-{i}@customer.example", "carl@customer.example", "sales@acme.example", $"Subject: Order {i}"),
            Desk.Message(Desk.Answered, $"sold-{i}@acme.example", "sales@acme.example", "carl@customer.example",
                $"In-Reply-To: <order-{i}@customer.example>", $"Subject: Re: Order {i}"),
        });
        await _shell.DoAsync("import", "mail", _shell.Write("sales.mbox", Desk.MboxOf([.. sales])), "--mailbox", "sales@acme.example",
            "--agents", Desk.Agents);

        var warnings = (await _shell.RunAsync("doctor", "--format", "json")).Rows()
            .Where(r => r.GetProperty("severity").GetString() == "warning")
            .ToDictionary(r => r.GetProperty("where").GetString()!, r => r.GetProperty("what").GetString()!);
        Assert.EndsWith(": SendAsNoAuditSource 1.", warnings[Desk.Mailbox], StringComparison.Ordinal);
        Assert.EndsWith(": SendAsNoAuditSource 2.", warnings["sales@acme.example"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_import_is_a_trouble_until_it_is_run_again()
    {
        await Desk.ImportAuditAsync(_shell);
        await Desk.ImportMailAsync(_shell);
        var again = _shell.Write("again.mbox", Desk.Mbox);
        using (var store = MailStore.Open(_shell.Store, StoreAccess.Write, TimeProvider.System))
            store.Facts.Begin(ImportKind.Mail, again, store.Addresses.Find(Desk.Mailbox)); // and the power went
        var said = await _shell.RunAsync("doctor");
        Assert.Equal(9, said.Code);
        Assert.Contains("interrupted", said.Out, StringComparison.Ordinal);

        await _shell.DoAsync("import", "mail", again, "--mailbox", Desk.Mailbox);
        Assert.DoesNotContain("interrupted", (await _shell.DoAsync("doctor")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_leaves_no_interrupted_import_behind()
    {
        await Desk.ImportAuditAsync(_shell);
        await Desk.ImportMailAsync(_shell);
        Assert.Equal(3, (await _shell.RunAsync("import", "mail", _shell.At("missing"), "--mailbox", Desk.Mailbox)).Code);
        Assert.Equal(3, (await _shell.RunAsync("import", "audit", _shell.At("missing"))).Code);
        await _shell.DoAsync("doctor");
    }

    static RootCommand Root() => CommandLine.Root(
        new Terminal(TextWriter.Null, TextWriter.Null, Stream.Null, IsInteractive: false, TimeProvider.System));
}
