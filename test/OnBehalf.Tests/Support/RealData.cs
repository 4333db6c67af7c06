namespace OnBehalf.Tests.Support;

/// <summary>
/// Public mail and audit records that are never part of the repository. Tests that need them say so when they are absent.
/// They lie beside the checkout, or where ONBEHALF_DATA points.
/// </summary>
static class RealData
{
    /// <summary>The checkout: the folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    static string Folder { get; } = Environment.GetEnvironmentVariable("ONBEHALF_DATA")
        ?? Path.Combine(Repository, "..", "shared", "data");

    /// <summary>The path of a file or folder of the real data; skips the test, saying why, where it is absent.</summary>
    public static string Find(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, relative));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path),
            $"Real data is absent: {relative}. Set ONBEHALF_DATA to the folder that holds it.");
        return path;
    }

    static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OnBehalf.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("OnBehalf.slnx is not above the test binaries.");
    }
}
