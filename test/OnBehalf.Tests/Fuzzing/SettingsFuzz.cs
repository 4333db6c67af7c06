using System.Text;
using NodaTime;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Store;

namespace OnBehalf.Tests.Fuzzing;

/// <summary>Whatever administrators write is read, or refused with a sentence; what was read can be printed and read.</summary>
public sealed class SettingsFuzz
{
    static IReadOnlyList<byte[]> Seeds(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    [Fact]
    public void Any_settings_are_read_or_refused() => Fuzz.Run("settings",
        Seeds(SettingsTests.Full, SettingsText.Print(new())),
        bytes => Refusal.IsAMistake(() =>
        {
            var printed = SettingsText.Print(SettingsText.Parse(Text(bytes)));
            if (SettingsText.Print(SettingsText.Parse(printed)) != printed)
                throw new InvalidOperationException("Printed and read again, it is another text.");
        }),
        "\"mailboxes\":[", "\"zone\":\"", "\\ud800", "[[", "{{", "null,", "-1,");

    [Fact]
    public void Any_week_is_read_or_refused() => Fuzz.Run("weeks",
        Seeds("Mon-Fri 09:00-12:00, 13:00-17:00; Sun 22:00-06:00", "always", "Sat-Tue 00:00-24:00"),
        bytes => Refusal.IsAMistake(() =>
        {
            var week = ScheduleText.ParseWeek(Text(bytes));
            if (!ScheduleText.ParseWeek(ScheduleText.PrintWeek(week)).SequenceEqual(week))
                throw new InvalidOperationException("Printed and read again, it is another week.");
        }),
        "Mon", "-Fri", " 24:00", "00:00-", "; ", ", ", "never");

    [Fact]
    public void Any_holidays_are_read_or_refused() => Fuzz.Run("holidays",
        Seeds("2026-12-25\n2026-12-24 09:00-12:00 Christmas Eve\n", "2028-02-29 00:00-24:00 Leap"),
        bytes => Refusal.IsAMistake(() => ScheduleText.ParseHolidays(Text(bytes))),
        "2026-", "-02-30", "9999-12-31", "0001-01-01", " 24:00", "\n");

    /// <summary>Questions have no text of their own yet: bytes say how a filter is built, however odd.</summary>
    [Fact]
    public void Any_filter_comes_into_one_form_or_is_refused() => Fuzz.Run("filters",
        [.. new byte[][] { [0, 1, 2, 3, 4, 5], [.. Enumerable.Range(0, 200).Select(i => (byte)i)] }],
        bytes => Refusal.IsAMistake(() =>
        {
            var query = FilterFrom(bytes).Normalised();
            if (!query.Normalised().Filter.Equals(query.Filter)) throw new InvalidOperationException("Its form has another form.");
        }));

    static MetricQuery FilterFrom(byte[] bytes)
    {
        string[] dimensions = ["agent", "mailbox", "kind", "direction", "domain", "no such", ""];
        var stack = new Stack<Filter>();
        foreach (var one in bytes)
        {
            var taken = Enumerable.Range(0, Math.Min(one >> 3 & 3, stack.Count)).Select(_ => stack.Pop()).ToList();
            stack.Push((one & 3) switch
            {
                0 => new Filter.And(taken),
                1 => new Filter.Or(taken),
                2 when taken.Count > 0 => new Filter.Not(taken[0]),
                _ => new Filter.Is(dimensions[(one >> 2) % dimensions.Length], [$"{one}", .. bytes.Take(one & 3).Select(b => $"{b}")]),
            });
        }
        var (from, to) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0));
        return new()
        {
            Metrics = ["sent"], From = from, To = to, AsOf = to,
            Filter = stack.TryPop(out var last) ? last : Filter.Everything,
        };
    }
}
