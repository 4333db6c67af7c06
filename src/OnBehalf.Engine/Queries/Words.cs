using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Queries;

/// <summary>The texts behind numbers while a question is answered. Threads may share it.</summary>
/// <param name="addresses">Every address met; nobody adds to it meanwhile.</param>
/// <param name="teams">The teams of agents.</param>
sealed class Words(Addresses addresses, IReadOnlyDictionary<AddressId, string> teams)
{
    readonly string[] _teams = [.. teams.Values.Distinct().Order(StringComparer.Ordinal)];
    readonly int _count = addresses.Count;
    int[]? _domains; // number + 1, by address; only where somebody asks for domains
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string> _texts = [];
    readonly Dictionary<string, int> _categoryNumbers = new(StringComparer.Ordinal);
    readonly List<string> _categories = [];
    readonly Lock _gate = new();

    /// <summary>The text of an address.</summary>
    public string Address(int address) => addresses[Known(new(address))];

    /// <summary>The number of an address's domain, or -1.</summary>
    public int DomainOf(AddressId address)
    {
        if (address.IsNone) return Dimension.None;
        var known = Domains[Known(address).Value];
        return (known > 0 ? known : LookUp(address)) - 1;
    }

    /// <summary>The domain of a number; null: none.</summary>
    public string? Domain(int number)
    {
        lock (_gate) return number < 0 || _texts[number].Length == 0 ? null : _texts[number];
    }

    /// <summary>The number of some categories, or -1.</summary>
    public int CategoryOf(string category)
    {
        if (category.Length == 0) return Dimension.None;
        lock (_gate)
        {
            if (_categoryNumbers.TryGetValue(category, out var number)) return number;
            _categories.Add(category);
            _categoryNumbers.Add(category, _categories.Count - 1);
            return _categories.Count - 1;
        }
    }

    /// <summary>The categories of a number; null: none.</summary>
    public string? Category(int number)
    {
        lock (_gate) return number < 0 ? null : _categories[number];
    }

    /// <summary>The number of an agent's team, or -1.</summary>
    public int TeamOf(AddressId agent) =>
        teams.TryGetValue(agent, out var team) ? Array.BinarySearch(_teams, team, StringComparer.Ordinal) : Dimension.None;

    /// <summary>The name of a team; null: none.</summary>
    public string? Team(int number) => number < 0 ? null : _teams[number];

    int[] Domains => _domains ?? Interlocked.CompareExchange(ref _domains, new int[_count], null) ?? _domains;

    AddressId Known(AddressId address) => address.Value < _count
        ? address
        : throw new Mistake("damaged", "A segment names an address that nobody has met.");

    int LookUp(AddressId address)
    {
        var domain = addresses.DomainOf(address);
        lock (_gate)
        {
            if (!_numbers.TryGetValue(domain, out var number))
            {
                _texts.Add(domain);
                _numbers.Add(domain, number = _texts.Count);
            }
            return Domains[address.Value] = number;
        }
    }
}
