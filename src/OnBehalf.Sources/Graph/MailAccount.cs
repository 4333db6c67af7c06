using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>A mailbox that is read: a shared one, or the Sent Items of an agent who agreed to it.</summary>
/// <param name="Mailbox">Its primary address.</param>
/// <param name="Address">The same as text, for messages to people.</param>
/// <param name="Id">What Graph calls it: its object id, or an address that Graph knows it by.</param>
/// <param name="Horizon">How far back its first reading goes.</param>
/// <param name="IsAgent">
/// Whether only Sent Items are read, and of these only what was sent in a tracked mailbox's name.
/// </param>
public sealed record MailAccount(AddressId Mailbox, string Address, string Id, Instant Horizon, bool IsAgent = false);
