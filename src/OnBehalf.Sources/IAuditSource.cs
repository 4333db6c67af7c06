using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources;

/// <summary>Somewhere audit records come from: exported files, the audit query of Graph, the Management API.</summary>
public interface IAuditSource
{
    /// <summary>Reads pages of SendAs and SendOnBehalf facts; everything else is dropped at once and only counted.</summary>
    IAsyncEnumerable<AuditPage> ReadAsync(CancellationToken cancellation);
}

/// <summary>A page of audit facts.</summary>
/// <param name="Sends">Deduplicated within the source by record id.</param>
/// <param name="Damaged">Rows that could not be read, with the reason.</param>
/// <param name="Records">Records read in this page, of any operation, repeats included, damaged ones not.</param>
/// <param name="Repeats">Records of this page whose id was seen before in this source.</param>
/// <param name="BytesRead">Bytes of input consumed so far.</param>
/// <param name="Cursor">Where to resume; opaque to all but the source. Null: not resumable.</param>
/// <param name="Failed">Send records of this page that say nothing was sent: ResultStatus Failed.</param>
public sealed record AuditPage(
    IReadOnlyList<SendFact> Sends, IReadOnlyList<Damage> Damaged, int Records, int Repeats, long BytesRead,
    string? Cursor = null, int Failed = 0)
{
    /// <summary>
    /// The span of the log that is read to its end with this page, in the log's own time of what became readable; null:
    /// it goes on with the next page, or nobody knows what a file covers.
    /// </summary>
    public Interval? Window { get; init; }
}
