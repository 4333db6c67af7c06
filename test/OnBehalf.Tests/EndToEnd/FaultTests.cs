using System.Globalization;
using System.Text.RegularExpressions;
using OnBehalf.Engine.Setups;
using OnBehalf.Tests.Simulator;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// Each fault of the set-up is planted in a tenant that is set up as it should be, read by a real sync over HTTP, and looked at
/// by the doctor: it is found, with its evidence, the steps that mend it and what they bring, and nothing else is.
/// </summary>
public sealed partial class FaultTests(Ward ward) : IClassFixture<Ward>
{
    public static TheoryData<string> Cases => [.. Planted.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_planted_is_found_and_nothing_else(string name)
    {
        var planted = Planted.All[name]();
        var clinic = await ward.AdmitAsync(planted.Patient);
        var found = await clinic.ExamineAsync();
        Assert.Equal(string.Join('\n', planted.Found.Select(text => Fill(text, planted, clinic))), string.Join('\n', found));
    }

    /// <summary>Every kind of fault has a case above, or one in <see cref="AlarmTests"/>.</summary>
    [Fact]
    public void No_fault_is_without_a_case()
    {
        var planted = Planted.All.Values.SelectMany(make => make().Found).Select(text => text.Split(' ')[1]).ToHashSet();
        Assert.Equal(["audit-gap", "audit-silent"],
            Enum.GetValues<SetupFault>().Select(fault => fault.Text()).Where(fault => !planted.Contains(fault)).Order());
    }

    static string Fill(string text, Planted planted, Clinic clinic)
    {
        var team = clinic.Team;
        var revoke = team.Select(agent => $"  Remove-RecipientPermission '{Patient.Desk}' -Trustee '{agent}' -AccessRights SendAs "
            + "-Confirm:$false");
        return Continued().Replace(text, " ")
            .Replace("{app}", planted.Patient.App.ClientId, StringComparison.Ordinal)
            .Replace("{all}", string.Join(", ", team), StringComparison.Ordinal)
            .Replace("{quoted}", string.Join(',', team.Select(agent => $"'{agent}'")), StringComparison.Ordinal)
            .Replace("{revoke}", string.Join('\n', revoke), StringComparison.Ordinal)
            .Replace("{first}", team[0], StringComparison.Ordinal)
            .Replace("{last}", team[^1], StringComparison.Ordinal)
            .Replace("{here}", Count(clinic, line => line.Is("inSharedMailbox")), StringComparison.Ordinal)
            .Replace("{audited}", Count(clinic, line => line.Text("auditAvailableAt") is not null), StringComparison.Ordinal)
            .Replace("{elsewhere}", Count(clinic, line => line.Text("auditAvailableAt") is not null && !line.Is("inSharedMailbox")),
                StringComparison.Ordinal)
            .Replace("{gain}", Gain(planted, clinic), StringComparison.Ordinal);
    }

    static string Gain(Planted planted, Clinic clinic) => planted is { Part: { } part, Whole: { } whole }
        ? ((double)clinic.Sent.Count(part) / clinic.Sent.Count(whole)).ToString("0.0000", CultureInfo.InvariantCulture) : "";

    static string Count(Clinic clinic, Func<System.Text.Json.JsonElement, bool> which) =>
        clinic.Sent.Count(which).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("\n {6,}")]
    private static partial Regex Continued();
}
