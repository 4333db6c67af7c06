using OnBehalf.Checks;
using OnBehalf.Store;

namespace OnBehalf.Pages.Setup;

/// <summary><c>/setup</c>.</summary>
public sealed partial class SetupPage
{
    const int ImportsShown = 50;

    IReadOnlyList<Trouble> _troubles = [];
    IReadOnlyList<Trouble> _notes = [];
    IReadOnlyList<ImportNote> _imports = [];

    protected override void Load()
    {
        var (found, imports) = Desk.Read(
            store => (Doctor.Look(store, Clock, Ask.View, Ask.Cancellation), store.Facts.Imports()), Ask.Cancellation);
        _troubles = [.. found.Where(trouble => trouble.Severity != "note").OrderBy(trouble => trouble.Severity != "error")];
        _notes = [.. found.Where(trouble => trouble.Severity == "note")];
        _imports = imports;
    }

    string Heading => _troubles.Count switch { 0 => "All is well", 1 => "One thing to do", var n => $"{n} things to do" };
}
