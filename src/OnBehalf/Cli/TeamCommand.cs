using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf team set|list|remove</c>: agents that work together, for figures by team.</summary>
static class TeamCommand
{
    public static Command Create(Terminal terminal) =>
        new("team",
            """
            Teams of agents, for figures by team. An agent is in one team at most; who is in none has none.

            Examples:
              onbehalf team set "First line" anna@acme.example ben@acme.example --yes
              onbehalf query --metrics response_time --dimensions team
            """)
        { Set(terminal), List(terminal), Remove(terminal) };

    static Command Set(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "What people call the team." };
        var agents = new Argument<string[]>("AGENT") { Description = "An address of each agent in it.", Arity = ArgumentArity.OneOrMore };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("set",
            """
            Say who is in a team, after a preview. A team of that name is then these people.

            Example:
              onbehalf team set "First line" anna@acme.example ben@acme.example
            """)
        { name, agents, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            var team = new TeamSettings { Name = parsed.GetValue(name)!, Agents = parsed.GetValue(agents)! };
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(SettingsChange.Make(
                opened, settings => settings.With(team), parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }

    static Command List(Terminal terminal)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("list", "The teams and who is in them.\n\nExample:\n  onbehalf team list") { store, format };
        command.SetAction(parsed =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet("team", "agents");
            foreach (var team in opened.Settings.Load().Settings.Teams) sheet.Add(team.Name, string.Join(' ', team.Agents));
            sheet.Write(terminal, parsed.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }

    static Command Remove(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The team's name." };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("remove", "Remove a team, after a preview.\n\nExample:\n  onbehalf team remove \"First line\" --yes")
        {
            name, store, yes,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var gone = parsed.GetValue(name)!;
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            if (opened.Settings.Load().Settings.Teams.All(team => team.Name != gone))
                throw new Mistake("not_found", $"There is no team called {gone}. onbehalf team list shows them.");
            return Task.FromResult(SettingsChange.Make(
                opened, settings => settings with { Teams = [.. settings.Teams.Where(team => team.Name != gone)] },
                parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }
}
