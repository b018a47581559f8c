using System.CommandLine;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>How small the cases get that planted bugs are found with, and whether their tokens make them again.</summary>
static class ShrinkScoreCommand
{
    // The rarest of the first eight bugs is in one network of some 12,000: so many miss it once in 4,000 runs, 20,000 once in five.
    const int Cases = 100_000, MedianLimit = 3, TailLimit = 5;

    public static Command Command { get; } = Make();

    static Command Make()
    {
        var count = new Option<int>("--n") { Description = "How many bugs.", DefaultValueFactory = _ => 50 };
        var command = new Command("shrink-score", "Plants bugs in networks of twelve layers, and measures what they shrink to.") { count };
        command.SetAction(given => Run(given.GetValue(count), Console.Out));
        return command;
    }

    public static int Run(int count, TextWriter to)
    {
        List<int> operations = [], lines = [], attempts = [];
        var replayed = 0;
        for (var i = 0; i < count; i++)
        {
            var bug = PlantedBug.Random(i);
            var tried = 0;
            if (Found(bug, null, () => tried++) is not { } found)
            {
                to.WriteLine($"not found: {bug}");
                continue;
            }
            var smallest = (RunCase)found.Case!;
            operations.Add(smallest.Declaration.Network.Lines.Count(l => l.Operands.Count > 0));
            lines.Add(smallest.Declaration.ToString().TrimEnd().Split('\n').Length);
            tried = 0;
            if (Found(bug, ReplayToken.Parse(found.Replay), () => tried++) is { } again && again.Case!.ToString() == smallest.ToString()) replayed++;
            attempts.Add(tried);
            if (operations[^1] > MedianLimit) to.WriteLine($"{bug}:\n{smallest}");
        }
        to.WriteLine($"attempts: median {At(attempts, 0.5)}, p95 {At(attempts, 0.95)}\noperations {Distribution(operations)}\nlines {Distribution(lines)}");
        var isGood = operations.Count == count && replayed == count && At(operations, 0.5) <= MedianLimit && At(operations, 0.95) <= TailLimit;
        to.WriteLine($"{count} bugs, {operations.Count} found, {replayed} replayed, operations: median {At(operations, 0.5)}, p95 {At(operations, 0.95)}");
        return isGood ? 0 : 1;
    }

    static LawException? Found(PlantedBug bug, ReplayToken? replay, Action each)
    {
        try
        {
            Law.Holds(PlantedBug.Cases, run => { each(); bug.Check(run); }, Cases, replay);
            return null;
        }
        catch (LawException fault)
        {
            return fault;
        }
    }

    static int At(List<int> counts, double part) => counts.Order().ElementAtOrDefault((int)Math.Ceiling(part * counts.Count) - 1);

    static string Distribution(List<int> counts) => string.Join(", ", counts.CountBy(c => c).OrderBy(c => c.Key).Select(c => $"{c.Key}: {c.Value}×"));
}
