using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>When customers write: mostly in daytime and on weekdays, never quite not.</summary>
static class Rhythm
{
    static readonly double[] Hours =
    [
        .06, .04, .03, .03, .04, .08, .25, .5, .9, 1, 1, .95, .8, .85, .9, .9, .8, .65, .5, .45, .4, .3, .2, .12,
    ];

    public static int Instant(Company company, ulong seed)
    {
        var chance = new Chance(Chance.Mix(seed, 900));
        for (var attempt = 0; attempt < 64; attempt++)
        {
            var day = chance.Below(company.Days);
            var hour = chance.Below(24);
            var isWeekend = (int)company.StartDate.PlusDays(day).DayOfWeek > 5;
            if (chance.Hits(Hours[hour] * (isWeekend ? 0.25 : 1))) return day * 86_400 + hour * 3_600 + chance.Below(3_600);
        }
        return chance.Below(company.EndSecond);
    }
}
