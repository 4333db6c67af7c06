using OnBehalf.Pages;

namespace OnBehalf.Tests.Web;

/// <summary>Numbers as people read them. Cases: edges of the units of a duration; one and many.</summary>
public class ShownExamples
{
    [Theory]
    [InlineData(59.4, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(599, "9 min 59 s")]
    [InlineData(629, "10 min")]
    [InlineData(630, "11 min")]
    [InlineData(3569, "59 min")]
    [InlineData(3570, "1 h")]
    [InlineData(3600, "1 h")]
    [InlineData(172_799, "47 h 59 min")]
    [InlineData(172_800, "2 d")]
    [InlineData(-3570, "−1 h")]
    public void A_duration_has_the_units_that_matter(double seconds, string shown) => Assert.Equal(shown, Shown.Duration(seconds));

    [Theory]
    [InlineData(0, "0 waits")]
    [InlineData(1, "1 wait")]
    [InlineData(1234, "1,234 waits")]
    public void A_word_is_in_the_number_of_what_it_counts(double number, string shown) => Assert.Equal(shown, Shown.Count(number, "wait"));
}
