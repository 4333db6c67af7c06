namespace OnBehalf.Engine.Statistics;

/// <summary>
/// How long it takes until half have been answered, with those in mind that still wait: the estimate of Kaplan and
/// Meier, "Nonparametric estimation from incomplete observations" (1958).
/// </summary>
public static class SurvivalCurve
{
    /// <summary>
    /// The first duration at which half or fewer still wait. Null when it is never reached: too many are open.
    /// </summary>
    /// <param name="ended">Durations of what has ended; sorted by this.</param>
    /// <param name="open">How long what is open has lasted so far; sorted by this.</param>
    public static int? Median(Span<int> ended, Span<int> open)
    {
        ended.Sort();
        open.Sort();
        var waiting = 1.0;
        var gone = 0; // open ones that had not lasted as long
        for (var i = 0; i < ended.Length;)
        {
            var duration = ended[i];
            var end = i;
            while (end < ended.Length && ended[end] == duration) end++;
            while (gone < open.Length && open[gone] < duration) gone++; // one that is as old is still at risk
            long atRisk = ended.Length - i + open.Length - gone;
            waiting *= (double)(atRisk - (end - i)) / atRisk;
            if (waiting <= 0.5 + Rounding) return duration;
            i = end;
        }
        return null;
    }

    // Products of many fractions come out a little above a half that is exact.
    const double Rounding = 1e-12;
}
