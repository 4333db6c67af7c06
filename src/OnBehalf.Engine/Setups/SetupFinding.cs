namespace OnBehalf.Engine.Setups;

/// <summary>Something about the set-up that costs coverage, or more rights than are needed, and how to mend it.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Where">The mailbox, the person, or "tenant".</param>
/// <param name="Evidence">What was seen, in a sentence.</param>
/// <param name="Remedy">PowerShell or portal steps, one a line, complete and in order; empty: nothing need be done.</param>
/// <param name="Gain">
/// The share of outbound messages, 0 to 1, whose author could become known at most; null: it cannot be told, or coverage
/// is not what is gained.
/// </param>
public sealed record SetupFinding(
    SetupFault Fault, Severity Severity, string Where, string Evidence, IReadOnlyList<string> Remedy, double? Gain = null);

/// <summary>How bad a finding is.</summary>
public enum Severity : byte
{
    /// <summary>Worth knowing; figures are right as they are.</summary>
    Note,
    /// <summary>Some authors stay unknown, or some rights are too wide.</summary>
    Warning,
    /// <summary>Most authors stay unknown, messages are not seen, or nothing can be read.</summary>
    Error,
}
