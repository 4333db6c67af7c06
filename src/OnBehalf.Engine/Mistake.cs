namespace OnBehalf.Engine;

/// <summary>
/// Something a person asked for that cannot be: bad input, a name nobody has, a clash. The message is for that person.
/// Whatever else goes wrong is any other exception.
/// </summary>
/// <param name="code">invalid, not_found, conflict, busy, damaged or unavailable.</param>
/// <param name="message">What is wrong and where, as a sentence.</param>
public sealed class Mistake(string code, string message) : Exception(message)
{
    /// <summary>invalid, not_found, conflict, busy, damaged or unavailable.</summary>
    public string Code { get; } = code;
}
