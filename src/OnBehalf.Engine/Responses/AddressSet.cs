using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Responses;

/// <summary>
/// A few addresses, each once. Nearly every cycle has one or two requesters, for whom a list is searched faster than a
/// hash is computed; a stranger who names a thousand in Reply-To gets a hash set.
/// </summary>
sealed class AddressSet
{
    const int Few = 8;

    AddressId[] _few = [];
    int _count;
    HashSet<AddressId>? _many;

    public void Add(AddressId address)
    {
        if (Contains(address)) return;
        if (_many is not null || _count == Few)
        {
            (_many ??= [.. _few]).Add(address);
            return;
        }
        if (_count == _few.Length) Array.Resize(ref _few, Math.Max(2, _count * 2));
        _few[_count++] = address;
    }

    public bool Contains(AddressId address) => _many?.Contains(address) ?? _few.AsSpan(0, _count).Contains(address);

    public void Clear() => (_count, _many) = (0, null);
}
