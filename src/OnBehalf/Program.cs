using OnBehalf.Cli;

return await CommandLine.RunAsync(args, Terminal.OfThisProcess());
