using System.Globalization;

namespace OnBehalf.Checks;

/// <summary>How many there are, in words that suit one and several.</summary>
static class Counted
{
    /// <summary>The number and what is counted: "1 finding", "1,200 findings", "0 findings".</summary>
    public static string Of(long count, string one, string several) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several)}");
}
