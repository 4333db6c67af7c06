using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf simulate</c>: a pretend tenant on this machine, until it is stopped.</summary>
static class SimulateCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new ScenarioOptions();
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1. Default: a free one." };
        var command = new Command("simulate",
            """
            Serve a pretend Microsoft 365 tenant on this machine, and say how to connect to it. Stop it with Ctrl+C.

            Example:
              onbehalf simulate --scenario acme-support --quirks "all,-throttling" --port 5080
            """)
        { port };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = options.Read(parsed) with { Port = parsed.GetValue(port) };
            var clock = new WorldClock(wanted.End, terminal.Time);
            await using var tenant = await StartAsync(wanted, clock, cancellation);
            Introduce(tenant, terminal);
            var stopped = new TaskCompletionSource();
            await using var stop = cancellation.Register(stopped.SetResult);
            await stopped.Task;
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Starts to serve.</summary>
    /// <exception cref="Mistake">conflict: the port is taken.</exception>
    public static async Task<SimulatedTenant> StartAsync(
        SimulationOptions options, WorldClock clock, CancellationToken cancellation)
    {
        try
        {
            return await SimulatedTenant.StartAsync(options, clock, cancellation);
        }
        catch (IOException taken)
        {
            throw new Mistake("conflict", $"Port {options.Port} cannot be listened on: {taken.Message}");
        }
    }

    static void Introduce(SimulatedTenant tenant, Terminal terminal)
    {
        var app = RegisteredApp.Default;
        var cloud = tenant.BaseAddress.ToString().TrimEnd('/');
        terminal.Say($"""
            A pretend tenant is served at {tenant.BaseAddress}. In another terminal:

              export ONBEHALF_SECRET={app.Secret}
              onbehalf connect --cloud {cloud} --tenant {tenant.TenantId} \
                --client {app.ClientId} --credential env:ONBEHALF_SECRET --all
              onbehalf doctor
              onbehalf report agents
            """);
    }
}
