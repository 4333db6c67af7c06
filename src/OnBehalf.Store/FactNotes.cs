using OnBehalf.Engine.Facts;

namespace OnBehalf.Store;

/// <summary>What an import reads.</summary>
public enum ImportKind
{
    /// <summary>Messages of one mailbox.</summary>
    Mail,
    /// <summary>Audit records.</summary>
    Audit,
}

/// <summary>What became of a page.</summary>
/// <param name="Added">Facts that are new.</param>
/// <param name="Known">Facts that were in the store, or earlier in the page.</param>
public readonly record struct Appended(int Added, int Known);

/// <summary>What is noted about an import.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it read.</param>
/// <param name="Source">Where it came from, as the operator named it.</param>
/// <param name="Mailbox">The mailbox of a mail import.</param>
/// <param name="BeganAt">Seconds since 1970 UTC.</param>
/// <param name="EndedAt">Seconds since 1970 UTC; null when it was interrupted, or still goes on.</param>
/// <param name="Added">Facts that were new.</param>
/// <param name="Known">Facts that were known.</param>
/// <param name="Damaged">What could not be read, all of it.</param>
/// <param name="Cursor">Where to resume, in the source's own words; null when it cannot.</param>
public sealed record ImportNote(
    long Id, ImportKind Kind, string Source, AddressId Mailbox, long BeganAt, long? EndedAt, long Added, long Known,
    long Damaged, string? Cursor);

/// <summary>What there is of a mailbox.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Messages">Messages, each once.</param>
/// <param name="Repeats">Further sightings of the same messages that say something else.</param>
/// <param name="WithoutId">Sightings without a Message-ID.</param>
/// <param name="Undated">Sightings without a readable date.</param>
/// <param name="FirstAt">The earliest date, seconds since 1970 UTC; null when there is none.</param>
/// <param name="LastAt">The latest date, seconds since 1970 UTC; null when there is none.</param>
public sealed record MailboxCounts(
    AddressId Mailbox, long Messages, long Repeats, long WithoutId, long Undated, long? FirstAt, long? LastAt);

/// <summary>What there is of audit records in one name.</summary>
/// <param name="Name">In whose name.</param>
/// <param name="Records">Records.</param>
/// <param name="WithoutId">Records that name no Message-ID.</param>
/// <param name="Unmatched">Records whose Message-ID, as written, no mailbox has.</param>
/// <param name="LastAt">The latest record, seconds since 1970 UTC.</param>
public sealed record SendCounts(AddressId Name, long Records, long WithoutId, long Unmatched, long LastAt);
