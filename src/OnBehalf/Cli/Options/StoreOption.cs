using System.CommandLine;
using OnBehalf.Store;

namespace OnBehalf.Cli.Options;

/// <summary><c>--store</c>: the file that holds facts, findings and settings.</summary>
static class StoreOption
{
    /// <summary>How long a second writer waits for its turn.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Option<string> Create() => new("--store", "-s")
    {
        Description = "The file that holds everything. Default: ONBEHALF_STORE, else onbehalf.db in this folder.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ONBEHALF_STORE") ?? "onbehalf.db",
    };

    public static MailStore OpenToWrite(string path, Terminal terminal) =>
        MailStore.Open(path, StoreAccess.Write, terminal.Time, new WriterTurn(Patience, terminal.Say));

    public static MailStore OpenToRead(string path, Terminal terminal) =>
        MailStore.Open(path, StoreAccess.Read, terminal.Time, new WriterTurn(Patience, terminal.Say));
}
