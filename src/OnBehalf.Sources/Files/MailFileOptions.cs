namespace OnBehalf.Sources.Files;

/// <summary>What the operator said about mail files.</summary>
public sealed record MailFileOptions
{
    /// <summary>
    /// Headers that carry the real author where a list rewrote From (<c>X-Original-Sender</c>, <c>Reply-To</c>), the
    /// best first. None by default: whoever writes a message chooses its headers.
    /// </summary>
    public IReadOnlyList<string> AuthorHeaders { get; init; } = [];
}
