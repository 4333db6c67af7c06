using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Identity;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// What an administrator can do about a refused sign-in, by the AADSTS number in the refusal. Source: Microsoft Entra,
/// "Microsoft Entra authentication and authorization error codes".
/// </summary>
static partial class SignInTrouble
{
    /// <summary>The refusal as a mistake with its remedy; the answer's own words are kept, for support asks for them.</summary>
    public static Mistake ToMistake(AuthenticationFailedException refused, string tenant, string client, NationalCloud cloud)
    {
        var said = refused.InnerException?.Message ?? refused.Message;
        var number = Number().Match(said) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (number == 0)
            return new("unavailable", $"Signing in at {cloud.Login} failed: {FirstLine(said)} "
                + "Check the network, a proxy, and that the cloud is the right one; then run the same command again.");
        return new("invalid", $"{Remedy(number, tenant, client, cloud)} (AADSTS{number})");
    }

    static string Remedy(int number, string tenant, string client, NationalCloud cloud) => number switch
    {
        7000215 => $"The client secret of application {client} is wrong. Often the secret's id was copied instead of its "
            + "value: make a new one in Entra under App registrations, Certificates & secrets, and copy its value.",
        7000222 => $"The client secret of application {client} has expired. Make a new one in Entra under App "
            + "registrations, Certificates & secrets; nothing that was read is lost.",
        700016 => $"There is no application {client} in tenant {tenant}. Check both ids in Entra under App registrations; "
            + "the application may be registered in another tenant.",
        7000229 => $"Application {client} is not consented to in tenant {tenant}. An administrator grants it in Entra "
            + "under App registrations, API permissions, Grant admin consent.",
        90002 or 900023 => $"There is no tenant {tenant} in the cloud {cloud.Name}. Check the tenant id in Entra under "
            + "Overview, and name the right cloud: " + string.Join(", ", NationalCloud.All.Select(one => one.Name)) + ".",
        700027 => $"The certificate is not registered with application {client}, or has expired. Upload its public part "
            + "in Entra under App registrations, Certificates & secrets.",
        700024 => "The clock of this machine is wrong: Microsoft saw the sign-in outside its ten minutes. Set the clock.",
        7000112 => $"Application {client} is disabled. Enable it in Entra under Enterprise applications, Properties.",
        53003 or 530034 => $"A conditional access policy blocks application {client}. Exclude it in Entra under "
            + "Conditional Access, or sign in from an allowed address.",
        _ => $"Signing in as application {client} to tenant {tenant} was refused. Look the number up at "
            + "https://login.microsoftonline.com/error.",
    };

    static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    [GeneratedRegex("AADSTS(\\d{5,8})")]
    private static partial Regex Number();
}
