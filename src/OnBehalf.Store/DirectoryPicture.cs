using NodaTime;

namespace OnBehalf.Store;

/// <summary>Who was in the tenant's directory when it was last read.</summary>
/// <param name="TakenAt">When that was.</param>
/// <param name="People">Everybody with an address.</param>
public sealed record DirectoryPicture(Instant TakenAt, IReadOnlyList<DirectoryRecord> People);

/// <summary>Somebody in the directory.</summary>
/// <param name="Id">The object id: it stays whatever the person is called.</param>
/// <param name="Name">The display name.</param>
/// <param name="Addresses">Primary address first, then all others and X500 names, in lower case.</param>
public sealed record DirectoryRecord(Guid Id, string Name, IReadOnlyList<string> Addresses);
