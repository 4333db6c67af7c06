using System.Text.RegularExpressions;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Tests.Store;

/// <summary>Patterns of agents find the same whichever engine looks for them, and never take long.</summary>
public sealed class AgentPatternLaws
{
    static readonly string[] Pieces =
        ["@", "acme", "SERNET", "kernel", "\\.", ".", "org", "example", "$", "^", "(", ")", "|", "-", "_", "\\-", "\\_", "\\@", "a", "b"];

    static readonly string[] Addresses =
    [
        "anna@acme.example", "ben@kernel.org", "ben@kernelxorg", "a_b-c@sernet.example", "a", "", "KERNEL@ACME.ORG",
        "\u212aernel@acme.org", // The sign for Kelvin is a k where case does not count.
    ];

    [Fact]
    public void A_plain_pattern_finds_what_the_engine_for_all_patterns_finds()
    {
        var (found, refused) = (0, 0);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            Regex expected;
            try
            {
                expected = new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            }
            catch (ArgumentException)
            {
                Assert.ThrowsAny<ArgumentException>(() => SettingsCheck.Compile(pattern));
                refused++;
                continue;
            }
            var compiled = SettingsCheck.Compile(pattern);
            foreach (var address in Addresses)
            {
                Assert.True(expected.IsMatch(address) == compiled.IsMatch(address), $"Seed {seed}: {pattern} in {address}");
                if (compiled.IsMatch(address)) found++;
            }
        }
        Assert.True(found > 1_000 && refused > 100, $"{found} found, {refused} refused");
    }

    [Theory]
    [InlineData("@kernel\\.org$", true)]
    [InlineData("@(acme|desk)\\.example$", true)]
    [InlineData("^Anna_B-2@acme.example", true)]
    [InlineData("(a|a)(a|a)", false)] // Sixty of these would never end.
    [InlineData("a*", false)]
    [InlineData("a+", false)]
    [InlineData("a?", false)]
    [InlineData("a{9}", false)]
    [InlineData("[a-z]", false)]
    [InlineData("(a)\\1", false)]
    [InlineData("\\Ga", false)]
    [InlineData("\\w", false)]
    [InlineData("a\\", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void What_is_plain_repeats_nothing_and_looks_nowhere_else(string pattern, bool isPlain) =>
        Assert.Equal(isPlain, SettingsCheck.IsPlain(pattern));

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    [InlineData("\\Ga")]
    public void What_no_linear_engine_can_look_for_is_refused(string pattern) =>
        Assert.Throws<NotSupportedException>(() => SettingsCheck.Compile(pattern));
}
