using System.Globalization;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Pages.Settings;

/// <summary>What the forms of the settings say, as settings. One form changes one part and leaves the rest as it is.</summary>
static class SettingsForm
{
    /// <summary>The days of a week, as the forms name them.</summary>
    public static readonly string[] Days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>The settings that a form wants.</summary>
    /// <exception cref="Mistake">invalid: the form says something that cannot be.</exception>
    public static Store.Preferences.Settings Apply(Store.Preferences.Settings settings, string part, IFormCollection form) => part switch
    {
        "hours" => settings with { CompanySchedule = Hours(form) },
        "mailbox-hours" => settings with { Mailboxes = MailboxHours(settings, form) },
        "sla" => Policies(settings, form),
        "teams" => settings with { Teams = Teams(form) },
        "exclusions" => settings with
        {
            Exclusions = new()
            {
                Addresses = Lines(form, "addresses"), Domains = Lines(form, "domains"), SubjectWords = Lines(form, "words"),
            },
        },
        "internal" => settings with { InternalDomains = Lines(form, "domains") },
        "closing" => settings with
        {
            Closing = new()
            {
                FlagComplete = form.ContainsKey("flag"), Categories = Lines(form, "categories"), Folders = Lines(form, "folders"),
            },
            NoReplyNeeded = new() { CarbonCopyOnly = form.ContainsKey("copy-only"), ShortThanks = form.ContainsKey("short-thanks") },
        },
        _ => throw new Mistake("not_found", "There is no such part of the settings."),
    };

    /// <summary>The open hours of a weekday in a schedule, as text.</summary>
    public static string HoursOf(ScheduleSettings? schedule, int day)
    {
        if (schedule is null) return "";
        var periods = SettingsText.ToSchedule(schedule).Week.Where(period => (int)period.Day == day + 1);
        return string.Join(", ", periods.Select(period => string.Create(CultureInfo.InvariantCulture,
            $"{period.Start.Hour:00}:{period.Start.Minute:00}-{End(period.End)}")));
    }

    static string End(LocalTime end) => end == LocalTime.Midnight
        ? "24:00" : string.Create(CultureInfo.InvariantCulture, $"{end.Hour:00}:{end.Minute:00}");

    static ScheduleSettings[] Hours(IFormCollection form)
    {
        var week = string.Join("; ", Days.Where(day => Text(form, day).Length > 0).Select(day => $"{day} {Text(form, day)}"));
        return week.Length == 0 ? [] :
        [
            new() { Zone = Text(form, "zone"), Week = week, Holidays = Lines(form, "holidays"), ValidFrom = null },
        ];
    }

    static MailboxSettings[] MailboxHours(Store.Preferences.Settings settings, IFormCollection form)
    {
        var address = Text(form, "mailbox");
        var before = settings.MailboxOf(address);
        var hours = Text(form, "whose") switch
        {
            "custom" => Store.Preferences.HoursOf.Custom,
            "ignored" => Store.Preferences.HoursOf.Ignored,
            _ => Store.Preferences.HoursOf.Company,
        };
        var after = before with
        {
            Hours = hours, Schedule = hours == Store.Preferences.HoursOf.Custom ? Hours(form) : before.Schedule,
            SilenceDays = form.ContainsKey("silence") ? new(Minutes(form, "silence")) : before.SilenceDays,
            ClockStart = Text(form, "starts") switch { "last" => ClockStart.Last, "first" => ClockStart.First, _ => before.ClockStart },
        };
        return settings.Mailboxes.Any(m => m.Address == before.Address)
            ? [.. settings.Mailboxes.Select(m => m.Address == before.Address ? after : m)]
            : [.. settings.Mailboxes, after];
    }

    static Store.Preferences.Settings Policies(Store.Preferences.Settings settings, IFormCollection form)
    {
        var name = Text(form, "name");
        if (form.ContainsKey("remove")) return settings with { SlaPolicies = [.. settings.SlaPolicies.Where(p => p.Name != name)] };
        return settings.With(new SlaSettings
        {
            Name = name, FirstMinutes = Minutes(form, "first"), NextMinutes = Minutes(form, "next"),
            Mailboxes = Lines(form, "mailboxes"), SenderDomain = OrNull(Text(form, "domain")), Category = OrNull(Text(form, "category")),
            Importance = Enum.TryParse<Importance>(Text(form, "importance"), out var importance) ? importance : null,
        });
    }

    // A line a team: its name, a colon, and addresses.
    static TeamSettings[] Teams(IFormCollection form) =>
    [
        .. Lines(form, "teams").Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var agents]
            ? new TeamSettings { Name = name, Agents = agents.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries) }
            : throw new Mistake("invalid", $"teams: \"{line}\" is not a name, a colon and addresses.")),
    ];

    /// <summary>The teams as the form has them.</summary>
    public static string TextOf(IReadOnlyList<TeamSettings> teams) =>
        string.Join('\n', teams.Select(team => $"{team.Name}: {string.Join(", ", team.Agents)}"));

    static string? OrNull(string text) => text.Length > 0 ? text : null;

    static int? Minutes(IFormCollection form, string name) => Text(form, name) switch
    {
        "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) => minutes,
        _ => throw new Mistake("invalid", $"{name}: give a whole number."),
    };

    static string Text(IFormCollection form, string name) => form[name].ToString().Trim();

    static string[] Lines(IFormCollection form, string name) =>
        form[name].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
