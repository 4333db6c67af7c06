using OnBehalf.Engine;

namespace OnBehalf.Tests.Fuzzing;

/// <summary>How a parser of what people write says no.</summary>
static class Refusal
{
    /// <summary>Lets a refusal that says what is wrong pass, and nothing else.</summary>
    public static void IsAMistake(Action parse)
    {
        try
        {
            parse();
        }
        catch (Mistake mistake) when (mistake.Code == "invalid" && mistake.Message.Length is > 10 and < 10_000)
        {
            // That is how they say no: with a sentence.
        }
    }
}
