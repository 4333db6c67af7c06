using System.CommandLine;
using OnBehalf.Engine;
using OnBehalf.Simulator;

namespace OnBehalf.Cli.Options;

/// <summary>The options that say what a pretend tenant is like.</summary>
sealed class ScenarioOptions
{
    readonly Option<string> _scenario = new("--scenario")
    {
        Description = "Which company: " + string.Join(", ", Scenario.All.Select(scenario => scenario.Name)) + ".",
        DefaultValueFactory = _ => "acme-support",
    };

    readonly Option<int> _seed = new("--seed")
    {
        Description = "The same seed gives the same company.",
        DefaultValueFactory = _ => 42,
    };

    readonly Option<double> _scale = new("--scale")
    {
        Description = "So many times the mailboxes and agents.",
        DefaultValueFactory = _ => 1,
    };

    readonly Option<string> _quirks = new("--quirks")
    {
        Description = "What goes wrong: all, none, or a list as \"all,-throttling\" or \"drafts,late-audit=0.5\".",
        DefaultValueFactory = _ => "all",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _scenario, _seed, _scale, _quirks }) command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="Mistake">invalid: no such scenario or quirk, or a scale that makes no company.</exception>
    public SimulationOptions Read(ParseResult parsed)
    {
        var scale = parsed.GetValue(_scale);
        if (scale is not (> 0 and <= 10_000)) throw new Mistake("invalid", "--scale: give a number above 0, at most 10000.");
        try
        {
            var scenario = Scenario.ByName(parsed.GetValue(_scenario)!);
            return new()
            {
                Scenario = scale == 1 ? scenario : scenario.Scaled(scale),
                Seed = parsed.GetValue(_seed),
                Quirks = Quirks.Parse(parsed.GetValue(_quirks)!),
            };
        }
        catch (Exception unknown) when (unknown is ArgumentException or FormatException)
        {
            throw new Mistake("invalid", unknown.Message);
        }
    }
}
