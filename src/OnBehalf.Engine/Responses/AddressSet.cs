using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Responses;

/// <summary>
/// A few addresses, each once. Nearly every cycle has one or two requesters, who lie right here and take no memory of
/// their own; a stranger who names a thousand in Reply-To gets a hash set. It changes in place: pass it by reference.
/// </summary>
struct AddressSet
{
    const int Few = 8;

    AddressId _first, _second;
    int _count;
    AddressId[]? _few;
    HashSet<AddressId>? _many;

    public void Add(AddressId address)
    {
        if (Contains(address)) return;
        switch (_count++)
        {
            case 0: _first = address; break;
            case 1: _second = address; break;
            case < Few: (_few ??= new AddressId[Few - 2])[_count - 3] = address; break;
            default: (_many ??= []).Add(address); break;
        }
    }

    public readonly bool Contains(AddressId address) =>
        (_count > 0 && _first == address) || (_count > 1 && _second == address)
        || (_count > 2 && (_few.AsSpan(0, Math.Min(_count, Few) - 2).Contains(address) || _many?.Contains(address) == true));

    public void Clear()
    {
        _count = 0;
        _many = null;
    }
}
