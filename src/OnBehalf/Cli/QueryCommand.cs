using System.CommandLine;
using OnBehalf.Answers;
using OnBehalf.Cli.Options;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf query</c>: any question, by the names it has in the API, answered to the byte as there.</summary>
static class QueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = StoreOption.Create();
        var format = new Option<AnswerForm>("--format", "-f")
        {
            Description = "json says everything; csv and jsonl have one row a line.",
            DefaultValueFactory = _ => AnswerForm.Json,
        };
        var names = QueryText.Names.Concat(DimensionRegistry.All.Select(d => (d.Name, Meaning: $"Only rows of these. {d.Definition}")))
            .Select(name => new Option<string[]>("--" + name.Item1) { Description = name.Item2 }).ToList();
        var command = new Command("query",
            """
            Any question about figures. Options are the parameters of /api/v1/metrics and of the screens' addresses, and the
            answer is the same to the byte.

            Example:
              onbehalf query --metrics response_time,workload_share --dimensions agent --range 30d --clock mailbox --format csv
            """)
        { store, format };
        foreach (var name in names) command.Options.Add(name);
        command.SetAction((parsed, cancellation) =>
        {
            var view = StoreView.Read(parsed.GetValue(store)!, terminal.Time);
            var texts = names.SelectMany(name => (parsed.GetValue(name) ?? [])
                .Select(text => new KeyValuePair<string, string>(name.Name[2..], text)));
            var answer = view.Answer(QueryText.Parse(texts, view.Defaults(terminal.Time)), cancellation);
            terminal.Out.Write(AnswerText.WriteText(answer, parsed.GetValue(format)));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
