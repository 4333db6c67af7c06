namespace OnBehalf.Sources.Files;

/// <summary>The headers that say something to us; headers named by the operator are numbered after these.</summary>
enum Header
{
    From, Sender, ReplyTo, To, Cc, Bcc, Date, Subject, MessageId, InReplyTo, References, Received, ReturnPath,
    ThreadIndex, ListId, ListPost, ListUnsubscribe, Precedence, AutoSubmitted, XAutoReply, XAutoRespond,
    XAutoReplyFrom, XAutoResponseSuppress, XFailedRecipients, ContentType, ContentClass, ContentLength, Importance,
    XPriority, FeedbackId, XCampaign, XCampaignId, XCampaignIdOld, Count,
}
