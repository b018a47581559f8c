using System.CommandLine;
using OptDsl.Fuzz;

// Each command ends with one line of counts and exits with 1 on any mismatch.
return new RootCommand("Looks for what the laws of OptDsl forbid.")
{
    NetsCommand.Command, LawsCommand.Command, UlpCommand.Command, HashCommand.Command, MutantsCommand.Command, ShrinkScoreCommand.Command, LedgerCommand.Command, TracesCommand.Command, RulesCommand.Command, OptestCommand.Command,
}.Parse(args).Invoke();
