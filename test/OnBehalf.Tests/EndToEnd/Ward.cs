using System.Collections.Concurrent;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>Keeps the tenants of a class until all are examined: closing a server takes a second, and many take no longer.</summary>
public sealed class Ward : IAsyncDisposable
{
    readonly ConcurrentBag<Clinic> _clinics = [];

    internal async Task<Clinic> AdmitAsync(Patient patient)
    {
        var clinic = await Clinic.AdmitAsync(patient);
        _clinics.Add(clinic);
        return clinic;
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_clinics.Select(clinic => clinic.DisposeAsync().AsTask()));
}
