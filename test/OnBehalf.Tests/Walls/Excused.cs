namespace OnBehalf.Tests.Walls;

/// <summary>Something that does not keep to a rule of the house.</summary>
/// <param name="Subject">The file, type or member, as it would be excused.</param>
/// <param name="What">What is wrong with it.</param>
readonly record struct Breach(string Subject, string What)
{
    public override string ToString() => $"{Subject}: {What}";
}

/// <summary>
/// The one place for what breaks a rule on purpose, each with a sentence why. Nothing else may break a rule, and
/// nothing may stay here that has stopped breaking it.
/// </summary>
static class Excused
{
    static readonly (string Wall, string Subject, string Why)[] All =
    [
    ];

    /// <summary>Fails, naming every breach of a wall that is not excused and every excuse that nobody needs.</summary>
    public static void Hold(string wall, IEnumerable<Breach> breaches)
    {
        var complaints = Complaints(wall, breaches, All);
        Assert.True(complaints.Count == 0, $"{wall}:\n  {string.Join("\n  ", complaints)}");
    }

    /// <summary>What <see cref="Hold"/> complains about, for a list of excuses.</summary>
    public static List<string> Complaints(
        string wall, IEnumerable<Breach> breaches, (string Wall, string Subject, string Why)[] excuses)
    {
        var excused = excuses.Where(e => e.Wall == wall).Select(e => e.Subject).ToHashSet();
        var needed = new HashSet<string>();
        var complaints = new List<string>();
        foreach (var breach in breaches)
            if (excused.Contains(breach.Subject)) needed.Add(breach.Subject);
            else complaints.Add(breach.ToString());
        complaints.AddRange(excused.Except(needed).Select(subject => $"{subject}: excused, and keeps to the rule"));
        return complaints;
    }
}
