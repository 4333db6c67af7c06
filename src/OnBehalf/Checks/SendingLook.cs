using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Setups;
using OnBehalf.Store;

namespace OnBehalf.Checks;

/// <summary>The set-up as the mail itself shows it: what left each mailbox lately, by how it was sent.</summary>
static class SendingLook
{
    /// <summary>How far back the mail is looked at.</summary>
    static readonly Duration Span = Duration.FromDays(30);

    /// <summary>The last thirty days, by mailbox.</summary>
    public static IReadOnlyDictionary<string, SendingUse> Of(MailStore store, Instant now, CancellationToken cancellation)
    {
        var reader = new MetricReader(store, store.Settings.Rules());
        var query = new MetricQuery { Metrics = ["known"], Dimensions = ["mailbox", "evidence"], From = now - Span, To = now, AsOf = now };
        var known = Counts(reader.Answer(query, cancellation));
        var unknown = Counts(reader.Answer(query with { Metrics = ["unattributed"], Dimensions = ["mailbox", "reason"] }, cancellation));
        var pending = Counts(reader.Answer(query with { Metrics = ["pending"], Dimensions = ["mailbox"] }, cancellation));
        var sends = store.Facts.CountSends(now - Span).ToDictionary(count => store.Addresses[count.Name]);
        return reader.Extents().Select(extent => store.Addresses[extent.Mailbox]).ToDictionary(mailbox => mailbox, mailbox =>
        {
            int By(params IReadOnlyList<Evidence> evidence) => evidence.Sum(e => known.GetValueOrDefault((mailbox, e.ToString())));
            int For(params IReadOnlyList<UnattributedReason> reasons) =>
                reasons.Sum(reason => unknown.GetValueOrDefault((mailbox, reason.ToString())));
            return new SendingUse
            {
                OnBehalf = By(Evidence.OnBehalf, Evidence.AuditSendOnBehalf),
                As = By(Evidence.AuditSendAs, Evidence.AuditBySubjectAndTime),
                OwnName = By(Evidence.OwnName),
                Otherwise = By(Evidence.AgentSentCopy, Evidence.AuthorHeader),
                Unnamed = For(
                    UnattributedReason.SendAsNoAuditSource, UnattributedReason.AuditRecordMissing, UnattributedReason.AuditBypassed,
                    UnattributedReason.CrossGeo) + pending.GetValueOrDefault((mailbox, "")),
                Unknown = For(
                    UnattributedReason.SystemSender, UnattributedReason.ApplicationSender, UnattributedReason.SenderUnknown),
                AuditedSends = (int)(sends.GetValueOrDefault(mailbox)?.Records ?? 0),
                WithoutCopy = (int)(sends.GetValueOrDefault(mailbox)?.Unmatched ?? 0),
            };
        });
    }

    // By mailbox and, where there is one, the other dimension.
    static Dictionary<(string Mailbox, string Key), int> Counts(MetricResult result)
    {
        var mailboxAt = result.Query.Dimensions[0] == "mailbox" ? 0 : 1;
        return result.Rows.ToDictionary(
            row => (row.Keys[mailboxAt] ?? "", row.Keys.Count > 1 ? row.Keys[1 - mailboxAt] ?? "" : ""),
            row => (int)(row.Figures[0].Value ?? 0));
    }
}
