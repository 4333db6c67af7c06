using System.Globalization;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Waits;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Pages.Settings;

/// <summary>The settings as the fields of a form, and back. What the form does not show stays as it is.</summary>
public sealed class SettingsForm
{
    /// <summary>The days of a week, as fields and as people see them.</summary>
    public static readonly (string Field, string Name)[] Days =
    [
        ("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday"), ("thu", "Thursday"), ("fri", "Friday"),
        ("sat", "Saturday"), ("sun", "Sunday"),
    ];

    readonly Dictionary<string, string> _fields;

    SettingsForm(Dictionary<string, string> fields) => _fields = fields;

    /// <summary>The text of a field; empty when it has none.</summary>
    public string this[string field] => _fields.GetValueOrDefault(field, "");

    /// <summary>Every field that has a text, to be sent again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => _fields.Where(pair => pair.Value.Length > 0);

    /// <summary>Settings as fields.</summary>
    public static SettingsForm Of(Store.Preferences.Settings settings)
    {
        var schedule = settings.CompanySchedule is [.., var last] ? last : null;
        var fields = new Dictionary<string, string>
        {
            ["zone"] = schedule?.Zone ?? "",
            ["holidays"] = Lines(schedule?.Holidays ?? []),
            ["internal"] = Lines(settings.InternalDomains),
            ["ex-addresses"] = Lines(settings.Exclusions.Addresses),
            ["ex-domains"] = Lines(settings.Exclusions.Domains),
            ["ex-words"] = Lines(settings.Exclusions.SubjectWords),
            ["categories"] = Lines(settings.Closing.Categories),
            ["flag"] = settings.Closing.FlagComplete ? "on" : "",
            ["cc-only"] = settings.NoReplyNeeded.CarbonCopyOnly ? "on" : "",
            ["thanks"] = settings.NoReplyNeeded.ShortThanks ? "on" : "",
            ["sla"] = Lines([.. settings.SlaPolicies.Select(p => string.Create(
                CultureInfo.InvariantCulture, $"{p.Name} | {p.FirstMinutes} | {p.NextMinutes}"))]),
        };
        if (schedule is not null)
            foreach (var day in ScheduleText.ParseWeek(schedule.Week).GroupBy(period => period.Day))
                fields[Days[(int)day.Key - 1].Field] =
                    ScheduleText.PrintWeek([.. day.Select(period => period with { Day = IsoDayOfWeek.Monday })])["Mon ".Length..];
        return new(fields);
    }

    /// <summary>The fields that a browser sent.</summary>
    public static SettingsForm Of(IFormCollection form) =>
        new(form.ToDictionary(field => field.Key, field => field.Value.ToString().ReplaceLineEndings("\n").Trim()));

    /// <summary>The settings with what the form says.</summary>
    /// <exception cref="Mistake">invalid: what is wrong and where.</exception>
    public Store.Preferences.Settings Apply(Store.Preferences.Settings settings) => settings with
    {
        CompanySchedule = Schedule(settings.CompanySchedule),
        InternalDomains = List("internal"),
        Exclusions = new() { Addresses = List("ex-addresses"), Domains = List("ex-domains"), SubjectWords = List("ex-words") },
        Closing = new() { FlagComplete = this["flag"] == "on", Categories = List("categories") },
        NoReplyNeeded = new() { CarbonCopyOnly = this["cc-only"] == "on", ShortThanks = this["thanks"] == "on" },
        SlaPolicies = [.. List("sla").Select(line => Policy(line, settings.SlaPolicies))],
    };

    IReadOnlyList<ScheduleSettings> Schedule(IReadOnlyList<ScheduleSettings> old)
    {
        var week = string.Join("; ", Days.Where(day => this[day.Field].Length > 0)
            .Select(day => $"{day.Name[..3]} {this[day.Field]}"));
        if (week.Length == 0) return [];
        var before = old is [.., var last] ? last : null;
        var after = new ScheduleSettings
        {
            Zone = this["zone"].Length > 0 ? this["zone"] : "UTC",
            Week = ScheduleText.PrintWeek(ScheduleText.ParseWeek(week)),
            Holidays = List("holidays"),
            ValidFrom = before?.ValidFrom,
        };
        return [.. old.SkipLast(1), after];
    }

    static SlaSettings Policy(string line, IReadOnlyList<SlaSettings> old)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0)
            throw new Mistake("invalid", $"SLA \"{line}\": a line is a name, minutes for a first response, minutes for a next one.");
        var before = old.FirstOrDefault(policy => policy.Name == parts[0]) ?? new SlaSettings { Name = parts[0] };
        return before with { FirstMinutes = Minutes(line, parts[1]), NextMinutes = parts.Length > 2 ? Minutes(line, parts[2]) : null };
    }

    static int? Minutes(string line, string text) => text.Length == 0 ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes
        : throw new Mistake("invalid", $"SLA \"{line}\": {text} is no number of minutes.");

    IReadOnlyList<string> List(string field) =>
        this[field].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static string Lines(IReadOnlyList<string> texts) => string.Join('\n', texts);
}
