using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>Hours as people write them: what is read, what is printed, and what is said about mistakes.</summary>
public class ScheduleTextExamples
{
    [Theory]
    [InlineData("Mon-Fri 09:00-12:00, 13:00-17:00; Sat 08:00-12:00; Sun 22:00-06:00",
        "Mon-Fri 09:00-12:00, 13:00-17:00; Sat 08:00-12:00; Sun 22:00-06:00")]
    [InlineData("  MONDAY – friday 9:00 – 17:00 ; ", "Mon-Fri 09:00-17:00")]
    [InlineData("Sun-Thu 08:00-16:00", "Mon-Thu 08:00-16:00; Sun 08:00-16:00")]
    [InlineData("Sat 09:00-10:00; Mon 13:00-14:00, 09:00-10:00", "Mon 09:00-10:00, 13:00-14:00; Sat 09:00-10:00")]
    [InlineData("Mon 09:00-12:00; Mon 12:00-13:00", "Mon 09:00-12:00, 12:00-13:00")]
    [InlineData("Mon 22:00-00:00", "Mon 22:00-24:00")]
    [InlineData("Mon 09:00:30-09:00:45", "Mon 09:00:30-09:00:45")]
    [InlineData("Mon 09:00-09:00", "Mon 09:00-09:00")]
    [InlineData("Mon-Sun 00:00-24:00", "always")]
    [InlineData("Mon-Sat 00:00-24:00", "Mon-Sat 00:00-24:00")]
    [InlineData("ALWAYS", "always")]
    [InlineData("never", "never")]
    public void A_week_is_read_and_printed(string written, string printed) =>
        Assert.Equal(printed, ScheduleText.PrintWeek(ScheduleText.ParseWeek(written)));

    [Theory]
    [InlineData("2026-12-25", "2026-12-25")]
    [InlineData("2026-12-24 09:00-12:00 Christmas Eve", "2026-12-24 09:00-12:00 Christmas Eve")]
    [InlineData(" 2026-12-24  13:00-15:00,9:00-12:00   Christmas Eve ",
        "2026-12-24 09:00-12:00, 13:00-15:00 Christmas Eve")]
    [InlineData("2027-05-09 9 May", "2027-05-09 9 May")]
    [InlineData("2026-12-31 18:00-02:00", "2026-12-31 18:00-02:00")]
    [InlineData("2026-12-31 7 to midnight: fireworks", "2026-12-31 7 to midnight: fireworks")]
    [InlineData("2026-12-31 111:00 club", "2026-12-31 111:00 club")]
    [InlineData("2026-12-31 12", "2026-12-31 12")]
    [InlineData("2026-12-31 :00 o'clock", "2026-12-31 :00 o'clock")]
    [InlineData("1970-01-01", "1970-01-01")]
    [InlineData(" \t 2100-12-31 Eve", "2100-12-31 Eve")]
    public void A_holiday_is_read_and_printed(string written, string printed) =>
        Assert.Equal(printed, ScheduleText.PrintHoliday(ScheduleText.ParseHoliday(written)));

    [Theory]
    [InlineData("", "Hours, character 1: expected a day such as Mon, found the end.")]
    [InlineData("Mon", "Hours, character 4: expected a start time such as 09:00, found the end.")]
    [InlineData("Mon 9am-17:00", "Hours, character 5: expected a start time such as 09:00, found \"9am-17:00\".")]
    [InlineData("Mon 09:00", "Hours, character 10: expected a dash between start and end, found the end.")]
    [InlineData("Mon 09:00-25:00", "Hours, character 11: expected an end time such as 17:00, found \"25:00\".")]
    [InlineData("Mon 24:00-06:00", "Hours, character 5: expected a start time such as 09:00, found \"24:00-06:00\".")]
    [InlineData("Mon 09:00-17:5", "Hours, character 11: expected an end time such as 17:00, found \"17:5\".")]
    [InlineData("Mon 09:00-17:00:60",
        "Hours, character 11: expected an end time such as 17:00, found \"17:00:60\".")]
    [InlineData("Mon 09:60-17:00",
        "Hours, character 5: expected a start time such as 09:00, found \"09:60-17:00\".")]
    [InlineData("Mon 009:00-17:00", "Hours, character 5: expected a start time such as 09:00, found \"009:00-17:00\".")]
    [InlineData("Mon 12345678901234567890", "Hours, character 5: expected a start time such as 09:00, found \"12345678901234567890\".")]
    [InlineData("Mon 123456789012345678901",
        "Hours, character 5: expected a start time such as 09:00, found \"12345678901234567890…\".")]
    [InlineData("Mon 09:00-17:60", "Hours, character 11: expected an end time such as 17:00, found \"17:60\".")]
    [InlineData("Mon-Fry 09:00-17:00", "Hours, character 5: expected a day such as Mon, found \"Fry\".")]
    [InlineData("Mon 09:00-17:00 Tue 09:00-17:00",
        "Hours, character 17: expected a comma, a semicolon or the end, found \"Tue\".")]
    [InlineData("always 09:00", "Hours, character 8: expected a comma, a semicolon or the end, found \"09:00\".")]
    [InlineData("Mon 09:00-17:00,", "Hours, character 17: expected a start time such as 09:00, found the end.")]
    [InlineData("Mon 09:00-17:00; ; ", "Hours, character 18: expected a day such as Mon, found \";\".")]
    [InlineData("Mon 09:00-17:00, 16:00-18:00", "Mon 09:00-17:00 overlaps Mon 16:00-18:00.")]
    [InlineData("Mon-Fri 09:00-17:00; Wed 08:00-09:01", "Wed 08:00-09:01 overlaps Wed 09:00-17:00.")]
    [InlineData("Mon 22:00-06:00; Tue 05:00-09:00", "Mon 22:00-06:00 overlaps Tue 05:00-09:00.")]
    [InlineData("Mon 05:00-09:00; Sun 22:00-06:00", "Sun 22:00-06:00 overlaps Mon 05:00-09:00.")]
    [InlineData("Mon 09:00-17:00; Mon 09:00-17:00", "Mon 09:00-17:00 overlaps Mon 09:00-17:00.")]
    [InlineData("Mon-Sun 09:00-08:00, 07:30-07:45", "Mon 09:00-08:00 overlaps Tue 07:30-07:45.")]
    public void A_mistake_in_a_week_says_what_is_wrong_and_where(string written, string message)
    {
        var mistake = Assert.Throws<Mistake>(() => ScheduleText.ParseWeek(written));

        Assert.Equal("invalid", mistake.Code);
        Assert.Equal(message, mistake.Message);
    }

    [Theory]
    [InlineData("24.12.2026", "Holiday, character 1: expected a date between 1970 and 2100 such as 2026-12-24, "
        + "found \"24.12.2026\".")]
    [InlineData("2026-02-29", "Holiday, character 1: expected a date between 1970 and 2100 such as 2026-12-24, "
        + "found \"2026-02-29\".")]
    [InlineData("1969-12-31", "Holiday, character 1: expected a date between 1970 and 2100 such as 2026-12-24, "
        + "found \"1969-12-31\".")]
    [InlineData("2101-01-01", "Holiday, character 1: expected a date between 1970 and 2100 such as 2026-12-24, "
        + "found \"2101-01-01\".")]
    [InlineData("9999-12-31", "Holiday, character 1: expected a date between 1970 and 2100 such as 2026-12-24, "
        + "found \"9999-12-31\".")]
    [InlineData("2026-12-24 09:00 Eve", "Holiday, character 18: expected a dash between start and end, found \"Eve\".")]
    [InlineData("2026-12-24 09:00-12:00, 11:00-13:00", "09:00-12:00 overlaps 11:00-13:00.")]
    [InlineData("2026-12-24 Eve\u0007", "Holiday, character 12: expected a name on one line, found \"Eve\u0007\".")]
    public void A_mistake_in_a_holiday_says_what_is_wrong_and_where(string written, string message)
    {
        var mistake = Assert.Throws<Mistake>(() => ScheduleText.ParseHoliday(written));

        Assert.Equal("invalid", mistake.Code);
        Assert.Equal(message, mistake.Message);
    }

    [Fact]
    public void Hours_of_a_holiday_do_not_meet_themselves_a_week_later() =>
        Assert.Equal(2, ScheduleText.ParseHoliday("2026-12-24 05:00-07:00, 22:00-06:00").Hours.Count);

    [Fact]
    public void A_schedule_needs_a_known_zone_and_each_holiday_once()
    {
        Assert.All((string[][])[["Europe/Prag", "always", ""], ["UTC", "always", "2026-12-25\n2026-12-25"]], texts =>
            Assert.Equal("invalid", Assert.Throws<Mistake>(() => ScheduleText.Parse(texts[0], texts[1], texts[2])).Code));
        Assert.Equal("\"Europe/Prag\" is not an IANA time zone such as Europe/Prague.",
            Assert.Throws<Mistake>(() => ScheduleText.Parse("Europe/Prag", "always")).Message);
        Assert.Equal("2026-12-25 is in the list of holidays twice.", Assert.Throws<Mistake>(
            () => ScheduleText.Parse("UTC", "always", "2026-12-25\n\n2026-12-25 Christmas")).Message);
    }

    [Fact]
    public void Text_without_end_is_refused()
    {
        var day = string.Join(", ", Enumerable.Range(0, 24).Select(hour => $"{hour:00}:00-{hour:00}:30"));
        Assert.Equal(7 * 24, ScheduleText.ParseWeek($"Mon-Sun {day}").Count);
        Assert.Equal("Hours: more than 4000 characters.", Assert.Throws<Mistake>(
            () => ScheduleText.ParseWeek($"Mon {new string('9', ScheduleText.TextLimit)}")).Message);
        Assert.Empty(ScheduleText.ParseWeek("never".PadRight(ScheduleText.TextLimit)));
        Assert.Equal("Hours: more than 4000 characters.", Assert.Throws<Mistake>(
            () => ScheduleText.ParseWeek("never".PadRight(ScheduleText.TextLimit + 1))).Message);

        var dates = Enumerable.Range(0, ScheduleText.HolidayLimit + 1)
            .Select(day => new LocalDate(2026, 1, 1).PlusDays(day).ToString("uuuu-MM-dd", null));
        Assert.Equal(ScheduleText.HolidayLimit, ScheduleText.ParseHolidays(string.Join('\n', dates.Skip(1))).Count);
        Assert.Equal("There are more than 900 holidays.", Assert.Throws<Mistake>(
            () => ScheduleText.ParseHolidays(string.Join('\n', dates))).Message);
    }

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 200 / Share.Divisor).Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reading_what_was_printed_gives_the_same_week(int seed)
    {
        var some = new SomeHours(seed);
        var week = new List<OpenPeriod>();
        // Periods are kept while the text with them can still be read, which also is the refusal of overlaps at work.
        for (var i = 0; i < 12; i++)
        {
            week.Add(some.Period());
            if (IsRefused(week)) week.RemoveAt(week.Count - 1);
        }
        week.Sort((a, b) => (a.Day, a.Start).CompareTo((b.Day, b.Start)));

        Assert.Equal(week, ScheduleText.ParseWeek(ScheduleText.PrintWeek(week)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Periods_that_share_a_minute_are_refused_and_others_are_not(int seed)
    {
        var some = new SomeHours(seed);
        OpenPeriod[] week = [.. Enumerable.Range(0, some.Random.Next(1, 5)).Select(_ => some.Period())];
        // Three weeks in UTC: in the middle one every period is seen whole, with whatever reaches into it.
        var monday = Wall.Utc("2026-01-12T00:00:00Z");
        long Open(params OpenPeriod[] periods) =>
            new OpenTime([new(DateTimeZone.Utc, periods, [])]).Between(monday, monday + 7 * 86_400);

        var shares = week.Sum(period => Open(period)) != Open(week);
        // On whichever day the week begins; so every night is once the one over the week's end.
        for (var days = 0; days < 7; days++)
            Assert.Equal(shares, IsRefused([.. week.Select(p => p with { Day = (IsoDayOfWeek)(((int)p.Day + days - 1) % 7 + 1) })]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_typed_is_read_or_is_a_mistake(int seed)
    {
        var random = new Random(seed);
        const string alphabet = "MonFriSunalwysevr0123456789:-–,; \t\n2026-12-24é";
        var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        if (seed % 2 == 0) text = "Mon-Fri 09:00-12:00; Sat 22:00-06:00".Insert(random.Next(37), text[..(text.Length / 9)]);
        string[] right = ["Mon 09:00-12:00, 13:30-17:45", "2026-12-24 09:00-12:00, 13:30-17:45"];
        if (seed % 3 == 0) text = Mistyped(right[seed % 2]);

        string Mistyped(string typed) => string.Concat(
            typed.Select(c => random.Next(12) == 0 ? alphabet[random.Next(alphabet.Length)] : c));

        foreach (var read in new Func<string>[]
        {
            () => ScheduleText.PrintWeek(ScheduleText.ParseWeek(text)),
            () => ScheduleText.PrintHoliday(ScheduleText.ParseHoliday(text)),
        })
            if (Record.Exception(() => read()) is { } exception)
                Assert.Equal("invalid", Assert.IsType<Mistake>(exception).Code);
    }

    static bool IsRefused(IReadOnlyList<OpenPeriod> week)
    {
        try
        {
            ScheduleText.ParseWeek(ScheduleText.PrintWeek(week));
            return false;
        }
        catch (Mistake)
        {
            return true;
        }
    }
}
