using System.Diagnostics;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Attributions;

/// <summary>
/// Who wrote an outbound message: exactly one of the values of docs/attribution.md. <c>Pending</c> is not stored: it
/// is <see cref="Unattributed"/> for want of an audit record, seen from an instant within the grace time.
/// </summary>
public abstract record Attribution
{
    Attribution(IReadOnlyList<EvidencePiece> evidence) => Pieces = evidence;

    /// <summary>All evidence found, strongest first; grade decides.</summary>
    public IReadOnlyList<EvidencePiece> Pieces { get; }

    /// <summary>Evidence names one agent.</summary>
    public sealed record Known(AddressId Agent, Evidence Evidence, IReadOnlyList<EvidencePiece> All) : Attribution(All);

    /// <summary>Pieces of the strongest grade name different agents.</summary>
    public sealed record Ambiguous(IReadOnlyList<EvidencePiece> All) : Attribution(All);

    /// <summary>Nobody is named, and why.</summary>
    public sealed record Unattributed(UnattributedReason Reason, IReadOnlyList<EvidencePiece> All) : Attribution(All);

    /// <summary>The one place that tells the values apart.</summary>
    public T Match<T>(Func<Known, T> known, Func<Ambiguous, T> ambiguous, Func<Unattributed, T> unattributed) =>
        this switch
        {
            Known k => known(k),
            Ambiguous a => ambiguous(a),
            Unattributed u => unattributed(u),
            _ => throw new UnreachableException(),
        };
}

/// <summary>One piece of evidence: what kind it is and whom it names.</summary>
/// <param name="Evidence">The kind.</param>
/// <param name="Agent">Whom it names; none where a record exists that names no person.</param>
/// <param name="Source">The audit record, where there is one.</param>
public readonly record struct EvidencePiece(Evidence Evidence, AddressId Agent, Guid? Source = null)
{
    /// <summary>How far it can be trusted.</summary>
    public Grade Grade => GradeOf(Evidence);

    /// <summary>How far a kind of evidence can be trusted.</summary>
    public static Grade GradeOf(Evidence evidence) => evidence switch
    {
        Evidence.None => Grade.None,
        Evidence.AuditBySubjectAndTime or Evidence.CreatorName or Evidence.AuthorHeader => Grade.Likely,
        Evidence.Rule => Grade.Rule,
        _ => Grade.Certain,
    };
}
