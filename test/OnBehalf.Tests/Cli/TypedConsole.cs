using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnBehalf.Tests.Cli;

/// <summary>A console at which somebody types: keys are given beforehand, and what is shown is kept.</summary>
sealed class TypedConsole : IAnsiConsole, IAnsiConsoleInput
{
    readonly Queue<ConsoleKeyInfo> _keys = new();
    readonly StringWriter _shown = new();
    readonly IAnsiConsole _console;

    public TypedConsole() => _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(_shown), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes,
        ColorSystem = ColorSystemSupport.NoColors,
    });

    public string Shown => _shown.ToString();
    public bool IsEverythingTyped => _keys.Count == 0;
    public Profile Profile => _console.Profile;
    public IAnsiConsoleCursor Cursor => _console.Cursor;
    public IAnsiConsoleInput Input => this;
    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;
    public RenderPipeline Pipeline => _console.Pipeline;

    /// <summary>A line, and Enter; nothing but Enter takes what is offered.</summary>
    public TypedConsole Types(string line = "")
    {
        foreach (var letter in line) _keys.Enqueue(new(letter, ConsoleKey.None, false, false, false));
        _keys.Enqueue(new('\r', ConsoleKey.Enter, false, false, false));
        return this;
    }

    public void Clear(bool home) => _console.Clear(home);
    public void Write(IRenderable renderable) => _console.Write(renderable);
    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.TryDequeue(out var key)
        ? key : throw new InvalidOperationException($"Nobody types any more. Shown so far:\n{Shown}");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}
