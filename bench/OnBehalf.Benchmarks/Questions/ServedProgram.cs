using System.Diagnostics;
using System.Globalization;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>The program as it is published (<c>bench/questions</c> does that), serving a store in a process of its own.</summary>
sealed class ServedProgram : IDisposable
{
    readonly Process _process;

    ServedProgram(Process process, Uri url, double startedIn) => (_process, Url, StartedIn) = (process, url, startedIn);

    public Process Process => _process;

    public Uri Url { get; }

    /// <summary>Milliseconds until it said that it shows the store.</summary>
    public double StartedIn { get; }

    /// <summary>The most memory that it had at once, MiB.</summary>
    public long Memory => long.Parse(File.ReadLines($"/proc/{_process.Id}/status")
        .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[])[' ', '\t'],
            StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Milliseconds of processors.</summary>
    public double Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    public static async Task<ServedProgram> StartAsync(string store)
    {
        var program = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(store))!, "program", "onbehalf");
        if (!File.Exists(program)) throw new InvalidOperationException($"There is no {program}: bench/questions publishes it.");
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(program, ["serve", "--store", store, "--port", "0"])
        {
            RedirectStandardError = true,
        })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("http://", StringComparison.Ordinal)) continue;
            var startedIn = watch.Elapsed.TotalMilliseconds;
            _ = process.StandardError.ReadToEndAsync(); // Whatever it says later is read, lest it wait for a reader.
            return new(process, new(line.Split(' ')[0]), startedIn);
        }
        throw new InvalidOperationException("The program ended.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
