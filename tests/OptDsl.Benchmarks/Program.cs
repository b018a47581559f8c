using System.CommandLine;
using OptDsl.Benchmarks;
using Spectre.Console;

// Tables keep their rows on one line in a file.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;

var threads = new Option<int>("--threads") { Description = "Threads of a step.", DefaultValueFactory = _ => 1 };
var only = Names("Only workloads whose name contains this.", "");
var json = new Option<FileInfo?>("--json") { Description = "Also write a JSON line per workload to this file." };

IReadOnlyList<Workload> Named(string part) => [.. Workload.All.Where(work => work.Name.Contains(part, StringComparison.OrdinalIgnoreCase))];
IReadOnlyList<Workload> Chosen(ParseResult given) => Named(given.GetValue(only)!);

Option<string> Names(string description, string usual)
{
    var names = new Option<string>("--only") { Description = description, DefaultValueFactory = _ => usual };
    names.Validators.Add(given =>
    {
        if (Named(given.GetValue(names)!).Count == 0) given.AddError($"no workload is called so; there are {string.Join(", ", Workload.All.Select(work => work.Name))}");
    });
    return names;
}

var steps = new Command("steps", "Times training steps beside what bounds them on this machine.") { threads, only, json };
var unseen = new Option<bool>("--unseen") { Description = "Networks that nothing was tuned for, instead of the others." };
steps.Add(unseen);
steps.SetAction(given => StepsCommand.Run(given.GetValue(unseen) ? Workload.Unseen : Chosen(given), given.GetValue(threads), given.GetValue(json)));
var limits = new Command("limits", "Measures what this machine can do.") { threads };
limits.SetAction(given => LimitsCommand.Run(given.GetValue(threads)));
var compare = new Command("compare", "Times training steps in turns with PyTorch and with C, where they are installed.") { threads, only };
compare.SetAction(given => CompareCommand.Run(Chosen(given), given.GetValue(threads)));
var budget = new Command("budget", "Times steps under a memory budget just below what they need, in turns with the same steps without one.") { threads, only };
budget.SetAction(given => BudgetCommand.Run(Chosen(given), given.GetValue(threads)));
var count = new Option<int>("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 20 };
var hash = new Command("hash", "Trains a fixed model and prints the hash of its parameters, the same everywhere.") { count, threads };
hash.SetAction(given => HashCommand.Run(given.GetValue(count), given.GetValue(threads)));

var many = new Option<int>("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => 1_000_000 };
var two = new Option<int>("--threads") { Description = "Threads of a step.", DefaultValueFactory = _ => 2 };
var busy = new Option<bool>("--busy") { Description = "With a process beside it that takes a core." };
var which = Names("The first workload whose name contains this.", "W2");
var endure = new Command("endure", "A long training on several threads beside the same one on a single thread.") { many, two, busy, which };
endure.SetAction(given => EndureCommand.Run(Named(given.GetValue(which)!)[0], given.GetValue(many), given.GetValue(two), given.GetValue(busy)));
var spin = new Command("spin", "Takes a core until it is killed.") { Hidden = true };
spin.SetAction(_ => EndureCommand.Forever());

var size = new Option<int>("--size") { Description = "Parameters.", DefaultValueFactory = _ => 1_000_000 };
var rule = new Option<string>("--only") { Description = "Only rules whose name contains this.", DefaultValueFactory = _ => "" };
var rules = new Command("rules", "Times the updates of rules beside what bounds them on this machine.") { size, rule, threads, json };
rules.SetAction(given => RulesCommand.Run([.. RuleWork.All.Where(work => work.Name.Contains(given.GetValue(rule)!, StringComparison.OrdinalIgnoreCase))],
    given.GetValue(size), given.GetValue(threads), given.GetValue(json)));

var generator = new Command("generator", "Times the generator on networks of more and more layers.");
generator.SetAction(_ => GeneratorCommand.Run());

return new RootCommand("Measures OptDsl.") { steps, limits, compare, budget, endure, rules, generator, hash, spin }.Parse(args).Invoke();
