using System.Net;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Whether a mailbox can be read: one small question about its Inbox. Rights given by RBAC for Applications are in no token,
/// so that nothing else tells (Exchange Online, "Role Based Access Control for Applications").
/// </summary>
/// <param name="connection">The tenant.</param>
public sealed class MailboxProbe(TenantConnection connection)
{
    /// <summary>Asks.</summary>
    /// <param name="mailbox">The mailbox's object id, or its address.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Mistake">unavailable: no answer, or none that says either way. invalid: sign-in refused.</exception>
    public async Task<Reach> ReadAsync(string mailbox, CancellationToken cancellation)
    {
        try
        {
            var address = new Uri(connection.Graph, $"users/{Uri.EscapeDataString(mailbox)}/mailFolders/inbox?$select=id");
            await JsonAnswer.GetAsync(connection, address, cancellation);
            return Reach.Readable;
        }
        catch (GraphRefusal refusal) when (refusal.SaysMailboxIsGone || refusal.Status == HttpStatusCode.NotFound)
        {
            return Reach.Missing;
        }
        catch (GraphRefusal refusal) when (refusal.Status == HttpStatusCode.Forbidden)
        {
            return Reach.Refused;
        }
        catch (GraphRefusal refusal)
        {
            throw GraphRemedies.ToMistake(refusal, mailbox);
        }
    }
}
