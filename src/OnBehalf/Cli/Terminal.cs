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
    /// <summary>Where questions are asked; null where nobody is there to answer.</summary>
    public IAnsiConsole? Questions { get; init; }

    /// <summary>How many characters of a line a person sees; null where nobody watches.</summary>
    public int? Width { get; init; }

    public static Terminal OfThisProcess()
    {
        var isInteractive = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
        return new(Console.Out, Console.Error, Console.OpenStandardInput(), isInteractive, TimeProvider.System)
        {
            Width = isInteractive ? new AnsiConsoleOutput(Console.Out).Width : null,
            Questions = isInteractive && !Console.IsInputRedirected
                ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : null,
        };
    }

    /// <summary>Says something about the work.</summary>
    public void Say(string message) => Error.WriteLine(message);

    /// <summary>Runs work with a progress bar that shows rate and remaining time; without one where nobody watches.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="total">How many bytes there are; 0 when unknown.</param>
    /// <param name="work">The work; it reports how far it is.</param>
    public Task<T> WithProgressAsync<T>(string what, long total, Func<Action<long>, Task<T>> work) =>
        WithBarAsync(what, new TransferSpeedColumn(), report => work(done => report(done, total)));

    /// <summary>The same for things that are counted, and of which it shows only on the way how many there are.</summary>
    /// <param name="what">What is being done.</param>
    /// <param name="work">The work; it reports how much is done, and how much there is as far as it knows.</param>
    public Task<T> WithCountAsync<T>(string what, Func<Action<long, long>, Task<T>> work) =>
        WithBarAsync(what, new ElapsedTimeColumn(), work);

    async Task<T> WithBarAsync<T>(string what, ProgressColumn measure, Func<Action<long, long>, Task<T>> work)
    {
        if (!IsInteractive) return await work((_, _) => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        return await console.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), measure,
                new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(what));
                task.IsIndeterminate = true;
                var result = await work((done, total) =>
                {
                    task.IsIndeterminate = total == 0;
                    task.MaxValue = Math.Max(1, total);
                    task.Value = Math.Min(done, task.MaxValue);
                });
                task.IsIndeterminate = false;
                task.Value = task.MaxValue;
                return result;
            });
    }
}
