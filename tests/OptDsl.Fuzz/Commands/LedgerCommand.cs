using System.CommandLine;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Each bug of the ledger as a user's rule or layer, and what catches it.</summary>
static class LedgerCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var command = new Command("ledger", "Bugs that libraries had, written as a user's rules and layers, and what catches each.");
        command.SetAction(_ => Run(Console.Out));
        return command;
    }

    public static int Run(TextWriter to)
    {
        var missed = 0;
        foreach (var bug in Ledger.Bugs)
        {
            var found = Verdict(bug);
            if (found is null) missed++;
            to.WriteLine($"{bug.What,-66}  {bug.Where,-30}  {found ?? "NOT CAUGHT"}");
        }
        to.WriteLine($"{Ledger.Bugs.Count} bugs, {missed} not caught as they should be");
        return missed == 0 ? 0 : 1;
    }

    /// <summary>The check and what it said; null where nothing, or not what should, caught the bug.</summary>
    public static string? Verdict(LedgerBug bug)
    {
        try
        {
            bug.Check();
            return null;
        }
        catch (OptDslException fault)
        {
            return bug.By == Catcher.Declaration ? $"its declaration: {fault.Code}" : null;
        }
        catch (LawException fault)
        {
            var failed = fault.Report?.Verdicts.FirstOrDefault(v => v.Outcome == Outcome.Fails)?.Law ?? "";
            var by = failed == SameSteps.Likeness ? Catcher.Like : failed == "the gradient is the derivative" ? Catcher.Gradients : Catcher.Laws;
            if (by != bug.By) return null;
            return by switch { Catcher.Like => "Check.Laws(…, like:)", Catcher.Gradients => "Check.Gradients", _ => "Check.Laws: " + failed };
        }
    }
}
