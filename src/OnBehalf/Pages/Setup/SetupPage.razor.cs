using Microsoft.AspNetCore.Components;
using OnBehalf.Answers;
using OnBehalf.Checks;
using OnBehalf.Store;

namespace OnBehalf.Pages.Setup;

/// <summary><c>/setup</c>: sources and the doctor's findings.</summary>
public sealed partial class SetupPage
{
    IReadOnlyList<Trouble> _troubles = [];
    Dictionary<string, AccountRecord> _accounts = [];

    [Inject]
    FactDesk Desk { get; set; } = null!; // Set before anything is shown.

    [Inject]
    TimeProvider Time { get; set; } = null!; // Set before anything is shown.

    protected override void Load() => Desk.Read(store =>
    {
        _troubles = [.. Doctor.Look(store, Time, Ask.Cancellation).OrderBy(trouble => RankOf(trouble.Severity))];
        _accounts = store.Accounts.All().ToDictionary(account => store.Addresses[account.Mailbox]);
        return 0;
    });

    static int RankOf(string severity) => severity switch { "error" => 0, "warning" => 1, _ => 2 };

    static string Tone(string severity) => severity switch { "error" => "bad", "warning" => "warn", _ => "" };
}
