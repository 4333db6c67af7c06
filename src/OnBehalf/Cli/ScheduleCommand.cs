using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf schedule set|list|remove</c>: business hours of the company, a mailbox or an agent.</summary>
static class ScheduleCommand
{
    public static Command Create(Terminal terminal) =>
        new("schedule",
            """
            Business hours of the company, of a mailbox, or of an agent.

            Examples:
              onbehalf schedule set "Mon-Fri 08:00-17:00" --zone Europe/Prague
              onbehalf schedule list
            """)
        { Set(terminal), List(terminal), Remove(terminal) };

    static Option<string?> MailboxOption() => new("--mailbox", "-m") { Description = "Only this mailbox; default: the company." };

    static Option<string?> AgentOption() => new("--agent") { Description = "Only this agent, by any of the addresses." };

    static Command Set(Terminal terminal)
    {
        var week = new Argument<string>("WEEK")
        {
            Description = "Open periods, as \"Mon-Fri 09:00-12:00, 13:00-17:00; Sat 08:00-12:00\"; always; "
                + "or ignored, for a mailbox that is measured in calendar time.",
        };
        var zone = new Option<string>("--zone", "-z")
        {
            Description = "IANA time zone.",
            DefaultValueFactory = _ => "UTC",
        };
        var holidays = new Option<string[]>("--holiday")
        {
            Description = "\"2026-12-24\", or \"2026-12-24 09:00-12:00 Christmas Eve\"; repeatable.",
        };
        var from = new Option<string?>("--from") { Description = "First local date it is valid, as 2026-01-31; default: always." };
        var (mailbox, agent, store, yes) = (MailboxOption(), AgentOption(), StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("set",
            """
            Set business hours, after a preview of old and new figures.

            Examples:
              onbehalf schedule set "Mon-Fri 08:00-17:00" --zone Europe/Prague
              onbehalf schedule set "Mon-Sun 22:00-06:00" --zone Europe/Prague --mailbox night@acme.example --from 2026-02-01
              onbehalf schedule set ignored --mailbox alerts@acme.example
            """)
        { week, zone, holidays, from, mailbox, agent, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            var text = parsed.GetValue(week)!;
            var schedule = new ScheduleSettings
            {
                Zone = parsed.GetValue(zone)!,
                Week = text,
                Holidays = parsed.GetValue(holidays) ?? [],
                ValidFrom = parsed.GetValue(from),
            };
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(SettingsChange.Make(
                opened, settings => With(settings, parsed.GetValue(mailbox), parsed.GetValue(agent), text, schedule),
                parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }

    static Settings With(Settings settings, string? mailbox, string? agent, string week, ScheduleSettings schedule)
    {
        if (agent is not null) return WithAgent(settings, agent, a => a with { Schedule = Replace(a.Schedule, schedule) });
        if (mailbox is null) return settings with { CompanySchedule = Replace(settings.CompanySchedule, schedule) };
        return WithMailbox(settings, mailbox, m => week == "ignored"
            ? m with { Hours = HoursOf.Ignored, Schedule = [] }
            : m with { Hours = HoursOf.Custom, Schedule = Replace(m.Schedule, schedule) });
    }

    static Settings Without(Settings settings, string? mailbox, string? agent)
    {
        // Neither an agent nor a mailbox becomes known by having nothing taken away.
        if (agent is not null)
            return settings.Agents.Any(a => a.Addresses.Contains(agent, StringComparer.OrdinalIgnoreCase))
                ? WithAgent(settings, agent, a => a with { Schedule = [] })
                : throw Unknown($"--agent {agent}");
        if (mailbox is null) return settings with { CompanySchedule = [] };
        return settings.Mailboxes.Any(m => m.Address == settings.MailboxOf(mailbox).Address)
            ? WithMailbox(settings, mailbox, m => m with { Hours = HoursOf.Company, Schedule = [] })
            : throw Unknown($"--mailbox {mailbox}");
    }

    static Mistake Unknown(string whose) =>
        new("not_found", $"{whose}: there are no hours of it. onbehalf schedule list shows whose there are.");

    static IReadOnlyList<ScheduleSettings> Replace(IReadOnlyList<ScheduleSettings> old, ScheduleSettings added) =>
        [.. old.Where(s => s.ValidFrom != added.ValidFrom), added];

    static Settings WithMailbox(Settings settings, string mailbox, Func<MailboxSettings, MailboxSettings> change)
    {
        var before = settings.MailboxOf(mailbox);
        return settings with { Mailboxes = [.. settings.Mailboxes.Where(m => m.Address != before.Address), change(before)] };
    }

    static Settings WithAgent(Settings settings, string agent, Func<AgentSettings, AgentSettings> change)
    {
        var before = settings.Agents.FirstOrDefault(a => a.Addresses.Contains(agent, StringComparer.OrdinalIgnoreCase))
            ?? new() { Addresses = [agent] };
        return settings with { Agents = [.. settings.Agents.Where(a => a != before), change(before)] };
    }

    static Command List(Terminal terminal)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("list",
            """
            All business hours.

            Example:
              onbehalf schedule list --format csv
            """)
        { store, format };
        command.SetAction(parsed =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var settings = opened.Settings.Load().Settings;
            var sheet = new Sheet("whose", "zone", "week", "holidays", "valid from");
            AddAll(sheet, "company", settings.CompanySchedule);
            foreach (var mailbox in settings.Mailboxes)
                if (mailbox.Hours == HoursOf.Ignored) sheet.Add(mailbox.Address, "", "ignored", "", "");
                else AddAll(sheet, mailbox.Address, mailbox.Schedule);
            foreach (var agent in settings.Agents) AddAll(sheet, agent.Addresses[0], agent.Schedule);
            sheet.Write(terminal, parsed.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }

    static void AddAll(Sheet sheet, string whose, IReadOnlyList<ScheduleSettings> schedules)
    {
        foreach (var s in schedules) sheet.Add(whose, s.Zone, s.Week, string.Join("; ", s.Holidays), s.ValidFrom ?? "always");
    }

    static Command Remove(Terminal terminal)
    {
        var (mailbox, agent, store, yes) = (MailboxOption(), AgentOption(), StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("remove",
            """
            Remove the hours of the company, a mailbox or an agent, after a preview.

            Examples:
              onbehalf schedule remove --yes
              onbehalf schedule remove --mailbox night@acme.example
            """)
        { mailbox, agent, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(SettingsChange.Make(
                opened,
                settings => Without(settings, parsed.GetValue(mailbox), parsed.GetValue(agent)),
                parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }
}
