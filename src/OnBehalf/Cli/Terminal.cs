using Spectre.Console;

namespace OnBehalf.Cli;

/// <summary>Where a command reads and writes: figures go to <c>Out</c>, everything said about them to <c>Error</c>.</summary>
/// <param name="Out">Figures, and nothing else.</param>
/// <param name="Error">Messages, progress, questions.</param>
/// <param name="Input">Standard input.</param>
/// <param name="IsInteractive">Whether a person watches: progress bars and questions only then.</param>
/// <param name="Time">The clock.</param>
sealed record Terminal(TextWriter Out, TextWriter Error, Stream Input, bool IsInteractive, TimeProvider Time)
{
    public static Terminal OfThisProcess() => new(
        Console.Out, Console.Error, Console.OpenStandardInput(),
        !Console.IsErrorRedirected && !Console.IsOutputRedirected, TimeProvider.System);

    /// <summary>Says something about the work.</summary>
    public void Say(string message) => Error.WriteLine(message);

    /// <summary>Runs work with a progress bar that shows rate and remaining time; without one where nobody watches.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="total">How much there is; 0 when unknown.</param>
    /// <param name="work">The work; it reports how far it is.</param>
    public async Task<T> WithProgressAsync<T>(string what, long total, Func<Action<long>, Task<T>> work)
    {
        if (!IsInteractive) return await work(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        return await console.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
                task.IsIndeterminate = total == 0;
                var result = await work(done => task.Value = Math.Min(done, Math.Max(1, total)));
                task.Value = task.MaxValue;
                return result;
            });
    }
}
