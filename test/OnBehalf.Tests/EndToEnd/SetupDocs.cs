using System.Text.RegularExpressions;
using OnBehalf.Engine.Setups;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>The tables of docs/operating are those of the program: every fault with its severities, every permission.</summary>
public sealed partial class SetupDocs
{
    [Fact]
    public void The_findings_table_has_every_fault_with_its_severities()
    {
        var told = Row().Matches(Read("setup-check.md")).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        var found = Planted.All.Values.SelectMany(make => make().Found).Select(text => text.Split(' '))
            .Concat([["warning", "audit-silent"], ["error", "audit-silent"], ["warning", "audit-gap"]]) // AlarmTests
            .GroupBy(words => words[1], words => words[0])
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Distinct().OrderBy(Rank)));
        Assert.Equal(Enum.GetValues<SetupFault>().Select(fault => fault.Text()).Order(), told.Keys.Order());
        Assert.Equal(found.OrderBy(pair => pair.Key), told.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void The_permissions_table_has_every_permission()
    {
        var text = Read("connect.md");
        foreach (var permission in AppPermission.All)
            Assert.Contains($"| {permission.Api} | {permission.Role} | {permission.Gives}{(permission.IsNeeded ? " (needed)" : "")} |",
                text, StringComparison.Ordinal);
    }

    static int Rank(string severity) => (int)Enum.Parse<Severity>(severity, ignoreCase: true);

    static string Read(string name) => File.ReadAllText(Path.Combine(RealData.Repository, "docs", "operating", name));

    [GeneratedRegex(@"^\| ([a-z]+(?:-[a-z]+)+) \| ([a-z, ]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
