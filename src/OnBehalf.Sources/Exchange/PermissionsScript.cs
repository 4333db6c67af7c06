using System.Text;

namespace OnBehalf.Sources.Exchange;

/// <summary>The PowerShell script that takes a picture of a tenant's permissions into one JSON file; it changes nothing.</summary>
public static class PermissionsScript
{
    /// <summary>The script, as it is to be saved.</summary>
    public static string Text { get; } = Load();

    static string Load()
    {
        using var stream = typeof(PermissionsScript).Assembly.GetManifestResourceStream("Permissions.ps1")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
