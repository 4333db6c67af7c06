using System.Net;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>What an administrator can do about a refusal of Graph. What was read before it is stored.</summary>
static class GraphRemedies
{
    /// <summary>The refusal as a mistake with its remedy.</summary>
    /// <param name="refusal">What Graph said.</param>
    /// <param name="mailbox">The mailbox that was read.</param>
    public static Mistake ToMistake(GraphRefusal refusal, string mailbox) => refusal switch
    {
        { Code: "MailboxNotEnabledForRESTAPI" } => new("not_found", $"{mailbox} has no mailbox in Exchange Online: it lies "
            + "on premises, has no licence, or was deleted. Move or license it, or take it off the list with "
            + $"onbehalf mailbox remove {mailbox}. What was read of it stays."),
        { SaysMailboxIsGone: true } => new("not_found", $"There is no mailbox {mailbox} in the tenant. Check the address, or "
            + $"take it off the list with onbehalf mailbox remove {mailbox}. What was read of it stays."),
        { Status: HttpStatusCode.Forbidden } => new("unavailable", Forbidden(refusal, mailbox)),
        { Status: HttpStatusCode.Unauthorized } => new("unavailable", $"Graph does not take our token for {mailbox} "
            + $"({refusal.Message}). Check the clock of this machine, and that tenant and cloud are the right ones."),
        { Status: HttpStatusCode.TooManyRequests } => new("unavailable", $"Graph asks to leave {mailbox} alone for a while. "
            + "Nothing need be done: the next round goes on where this one ended."),
        { Code: "MalformedPage" } => new("unavailable", $"Graph answered something that is no page of {mailbox}, "
            + $"{GraphLimits.PageAttempts} times ({refusal.Message}). Look for a proxy that answers in its place; the next "
            + "round goes on where this one ended."),
        { Code: "PageTooLong" } => new("unavailable", $"A page of {mailbox} was refused. {refusal.Message} Look for a proxy "
            + "that answers in Graph's place; what was read before is stored."),
        { Code: "EndlessPages" or "EndlessResync" or "TooManyFolders" } => new("unavailable",
            $"{mailbox} was read as far as it went. {refusal.Message} The next round goes on; if this stays so, "
            + $"tell Microsoft, and leave the mailbox out with onbehalf mailbox remove {mailbox}."),
        _ => new("unavailable", $"Graph did not answer for {mailbox}: {(int)refusal.Status} {refusal.Code} {refusal.Message} "
            + "The next round goes on where this one ended."),
    };

    // "Access to OData is disabled: [RAOP]": a legacy application access policy leaves the mailbox out.
    static string Forbidden(GraphRefusal refusal, string mailbox) =>
        refusal.Message.Contains("RAOP", StringComparison.Ordinal)
            ? $"An application access policy of Exchange blocks {mailbox}. Add the mailbox to the policy's group, or "
                + "replace the policy by RBAC for Applications; either takes up to two hours. Test it with "
                + $"Test-ApplicationAccessPolicy -Identity {mailbox} -AppId <application id>."
            : $"The application may not read {mailbox}. Consent to Mail.ReadBasic.All in Entra under App registrations, API "
                + "permissions, Grant admin consent; or, with RBAC for Applications, put the mailbox into the scope of the "
                + "role Application Mail.ReadBasic. Either takes up to two hours.";
}
