using System.CommandLine;
using OnBehalf.Answers;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Store;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf serve</c>: screens and API on this machine.</summary>
static class ServeCommand
{
    /// <summary>The port that the documentation names.</summary>
    const int UsualPort = 5080;

    public static Command Create(Terminal terminal)
    {
        var store = StoreOption.Create();
        var port = PortOption();
        var command = new Command("serve",
            """
            Show the figures in a browser, and answer programs at /api/v1. Only this machine is answered. Ends with Ctrl+C.

            Example:
              onbehalf serve --port 5080 --store onbehalf.db
            """)
        { store, port };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(store)!, parsed.GetValue(port), terminal, cancellation));
        return command;
    }

    /// <summary>The port, and what it may be.</summary>
    public static Option<int> PortOption()
    {
        var port = new Option<int>("--port", "-p")
        {
            Description = "The port on this machine; 0 takes a free one.",
            DefaultValueFactory = _ => UsualPort,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535) result.AddError("--port: from 0 to 65535.");
        });
        return port;
    }

    // What another engine found out cannot be read: it is found out anew first.
    static void RenewIfOld(string path, Terminal terminal, CancellationToken cancellation)
    {
        using (var store = StoreOption.OpenToRead(path, terminal))
            if (store.Findings.Stamps().Values.All(stamp => stamp.EngineVersion == Corridor.EngineVersion)) return;
        terminal.Say("This program's engine is another than the one before: history is computed anew.");
        using var writer = StoreOption.OpenToWrite(path, terminal);
        Recompute.Run(writer, cancellation);
    }

    /// <summary>Serves a store until somebody ends it.</summary>
    public static async Task<int> RunAsync(string path, int port, Terminal terminal, CancellationToken cancellation)
    {
        // Made where it is absent, and brought up to date where it is old; then nobody is kept from writing.
        if (!File.Exists(path)) StoreOption.OpenToWrite(path, terminal).Dispose();
        else RenewIfOld(path, terminal, cancellation);
        Turns.KeepThreadsFree();
        await using var site = Wiring.Build(path, port, terminal.Time);
        await site.StartAsync(cancellation);
        using var warmUp = new WarmUp(new(site.Urls.First()), site.Services.GetRequiredService<StoreWatch>(), terminal.Time);
        await warmUp.OpenAsync(cancellation);
        terminal.Say($"{site.Urls.First()} shows {path}. Ctrl+C ends it.");
        var drawing = warmUp.DrawAsync(site.Lifetime.ApplicationStopping);
        await site.WaitForShutdownAsync(cancellation);
        await drawing;
        return ExitCode.Done;
    }
}
