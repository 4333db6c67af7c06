using System.Net;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// The hosts of one of Microsoft's clouds. Source: Microsoft Graph, "National cloud deployments"; Office 365 Management
/// APIs, "Office 365 Management Activity API reference".
/// </summary>
/// <param name="Name">What an administrator calls it.</param>
/// <param name="Login">Host of sign-in.</param>
/// <param name="Graph">Host of Microsoft Graph.</param>
/// <param name="Manage">Host of the Management Activity API; null where the cloud has none.</param>
/// <param name="Outlook">Host of the Exchange admin API.</param>
public sealed record NationalCloud(string Name, string Login, string Graph, string? Manage, string Outlook)
{
    /// <summary>
    /// Where a simulated tenant serves all four hosts; null: they are Microsoft's. Always a loopback address, so that
    /// no secret leaves the machine in the clear.
    /// </summary>
    public Uri? Loopback { get; private init; }

    /// <summary>Microsoft 365 worldwide; the US Government Community Cloud shares all hosts but one with it.</summary>
    public static NationalCloud Global { get; } = new("global",
        "login.microsoftonline.com", "graph.microsoft.com", "manage.office.com", "outlook.office365.com");

    /// <summary>The clouds by name.</summary>
    public static IReadOnlyList<NationalCloud> All { get; } =
    [
        Global,
        Global with { Name = "gcc", Manage = "manage-gcc.office.com" },
        new("gcc-high", "login.microsoftonline.us", "graph.microsoft.us", "manage.office365.us", "outlook.office365.us"),
        new("dod", "login.microsoftonline.us", "dod-graph.microsoft.us", "manage.protection.apps.mil", "webmail.apps.mil"),
        new("china", "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn", null, "partner.outlook.cn"),
    ];

    /// <summary>A cloud by its name, or the worldwide one as a simulator on this machine pretends it.</summary>
    /// <param name="text">A name of <see cref="All"/>, or a loopback address as <c>http://127.0.0.1:5080</c>.</param>
    /// <exception cref="Mistake">invalid: neither.</exception>
    public static NationalCloud Parse(string text)
    {
        if (All.FirstOrDefault(cloud => cloud.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new Mistake("invalid", $"There is no cloud {text}. Known are "
                + string.Join(", ", All.Select(cloud => cloud.Name)) + ", and the address of a simulator on this machine.");
        return IsLoopback(address)
            ? Global with { Name = address.GetLeftPart(UriPartial.Authority), Loopback = new(address.GetLeftPart(UriPartial.Authority)) }
            : throw new Mistake("invalid", $"{text} is not on this machine. Only a simulator at a loopback address, as "
                + "http://127.0.0.1:5080, may stand in for Microsoft's cloud.");
    }

    // The name localhost may be pointed anywhere by a hosts file; a number may not.
    static bool IsLoopback(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out var number) && IPAddress.IsLoopback(number);
}
