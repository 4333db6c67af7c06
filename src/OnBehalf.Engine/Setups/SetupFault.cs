using System.Text;

namespace OnBehalf.Engine.Setups;

/// <summary>Everything the setup check can find. The names are those of docs/operating/setup-check.md.</summary>
public enum SetupFault : byte
{
    /// <summary>An agent holds Send As and Send on Behalf: Exchange uses Send As, and the message names nobody.</summary>
    BothRights,
    /// <summary>An agent holds Send As only.</summary>
    SendAsOnly,
    /// <summary>An agent may open the mailbox and may not send for it.</summary>
    NoSendRight,
    /// <summary>An agent may send for the mailbox and may not open it.</summary>
    NoFullAccess,
    /// <summary>Nobody looked who holds rights, so most of this list could not be checked.</summary>
    RightsUnseen,
    /// <summary>Nobody holds any right on the mailbox.</summary>
    NobodyHasRights,
    /// <summary>A right is held by a group whose members are not known here.</summary>
    GroupHoldsRight,
    /// <summary>A right is held under a name that nobody known answers to.</summary>
    UnknownHolder,
    /// <summary>A right is held by a deleted account.</summary>
    OrphanedRight,
    /// <summary>Sent copies do not come to the mailbox.</summary>
    SentCopiesOff,
    /// <summary>The audit log knows of sends whose messages were never seen.</summary>
    SentCopiesMissing,
    /// <summary>The unified audit log is off.</summary>
    UnifiedAuditOff,
    /// <summary>Mailbox auditing is off for the organisation.</summary>
    MailboxAuditDisabled,
    /// <summary>Auditing of the mailbox is off.</summary>
    MailboxAuditOff,
    /// <summary>The mailbox's audited actions lack sending.</summary>
    MailboxAuditTrimmed,
    /// <summary>An agent is exempt from auditing.</summary>
    AuditBypass,
    /// <summary>No audit record of the mailbox was ever seen, and it has no licence.</summary>
    AuditLicence,
    /// <summary>Agents send as the mailbox and no audit source is connected.</summary>
    NoAuditSource,
    /// <summary>The audit log has not been read for days, and what it keeps will be gone.</summary>
    AuditSilent,
    /// <summary>A span of the audit log was never read, and its source no longer has it.</summary>
    AuditGap,
    /// <summary>Agent and mailbox lie in different regions.</summary>
    CrossGeo,
    /// <summary>A permission is missing that is needed.</summary>
    PermissionMissing,
    /// <summary>A permission reaches farther than is needed.</summary>
    PermissionTooWide,
    /// <summary>The secret or certificate expires soon, or has expired.</summary>
    CredentialExpiring,
    /// <summary>This machine's clock is wrong.</summary>
    ClockSkew,
    /// <summary>The mailbox cannot be read.</summary>
    MailboxUnreadable,
    /// <summary>The mailbox is not a native shared mailbox. It works the same.</summary>
    NotNativelyShared,
    /// <summary>A Microsoft 365 group cannot be tracked.</summary>
    GroupNotTrackable,
    /// <summary>A distribution list cannot be tracked.</summary>
    ListNotTrackable,
    /// <summary>Address lists hide the mailbox, so sending in its name fails.</summary>
    HiddenFromAddressLists,
    /// <summary>Most of what left the mailbox has no known author.</summary>
    MostlyUnknown,
}

/// <summary>How faults are written.</summary>
public static class SetupFaultNames
{
    /// <summary>The name in lower case with hyphens, as in "both-rights".</summary>
    public static string Text(this SetupFault fault)
    {
        var text = new StringBuilder();
        foreach (var letter in fault.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
