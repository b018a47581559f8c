using System.CommandLine;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Every rule under every oracle that there is for it, and the table of README.md.</summary>
static class RulesCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var write = new Option<bool>("--write") { Description = "Writes the table into README.md." };
        var command = new Command("rules", "Every rule of the library under its laws, its paper, closed forms, PyTorch's iterates and the rules that it meets.") { write };
        command.SetAction(result => Run(Console.Out, result.GetValue(write)));
        return command;
    }

    static int Run(TextWriter to, bool write)
    {
        var (asked, failed) = (0, 0);
        var table = RulesTable.Text(oracle =>
        {
            asked++;
            if (Fault(oracle) is not { } fault) return true;
            failed++;
            to.WriteLine($"{oracle.By} of {oracle.Name}: {fault}");
            return false;
        });
        to.Write(table);
        var few = RuleDoc.Rules.Where(rule => RulesTable.Count(rule) < RulesTable.Least).ToList();
        foreach (var rule in few) to.WriteLine($"{rule.Name} has {RulesTable.Count(rule)} kinds of witness");
        if (write) RulesTable.Write(table);
        to.WriteLine($"{RuleDoc.Rules.Count} rules, {asked} oracles, {failed} fail, {few.Count} rules with fewer than {RulesTable.Least} kinds");
        return failed + few.Count == 0 ? 0 : 1;
    }

    static string? Fault(Oracle oracle)
    {
        try
        {
            oracle.Check();
            return null;
        }
        catch (Exception fault) when (fault is LawException or MismatchException)
        {
            return fault.Message;
        }
    }
}
