using System.CommandLine;
using System.Diagnostics;

namespace OptDsl.Fuzz;

/// <summary>A check that cannot fail is no evidence: errors, by hand and by chance, and the law that finds each.</summary>
static class MutantsCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var hand = new Option<bool>("--hand") { Description = "Only those written by hand." };
        var auto = new Option<int>("--auto") { Description = "How many by chance.", DefaultValueFactory = _ => 1200 };
        var seed = new Option<int>("--seed") { Description = "The random seed.", DefaultValueFactory = _ => 1 };
        var survivors = new Option<bool>("--survivors") { Description = "Print survivors only." };
        var command = new Command("mutants", "Errors in derivatives, passes, schedules, emitted code and rules, and the law that kills each.") { hand, auto, seed, survivors };
        command.SetAction(given => Run(Console.Out, given.GetValue(hand) ? 0 : given.GetValue(auto), given.GetValue(seed), given.GetValue(survivors)));
        return command;
    }

    public static IReadOnlyList<Mutant> Hand { get; } = [.. DerivativeMutants.All, .. PassMutants.All, .. ScheduleMutants.All, .. EmissionMutants.All, .. RuleMutants.All, .. RateMutants.All];

    static int Run(TextWriter to, int auto, int seed, bool survivors)
    {
        var watch = Stopwatch.StartNew();
        var broken = HandRunner.Control().ToList();
        foreach (var law in broken) to.WriteLine("without any mutant: " + law);
        if (broken.Count > 0) return 1;
        var byHand = HandRunner.Run(Hand);
        foreach (var (mutant, judgement) in byHand)
            if (!survivors || judgement.Fate != Fate.Killed) to.WriteLine($"{mutant.Area,-12} {mutant.Name,-70} {judgement.Fate,-10} {judgement.By}");
        var alive = byHand.Count(m => m.Judgement.Fate != Fate.Killed);
        to.WriteLine($"{byHand.Count} mutants by hand, {alive} not killed, {watch.Elapsed.TotalSeconds:F0} s");
        var all = AutoRunner.Run(auto, seed);
        var counted = all.Where(m => m.Judgement.Fate != Fate.Equivalent).ToList();
        foreach (var m in counted.Where(m => m.Judgement.Fate != Fate.Killed)) to.WriteLine($"{m.Area,-10} {m.Change,-40} {m.Judgement.Fate,-9} {m.Where}  {m.Judgement.By}");
        foreach (var law in counted.Where(m => m.Judgement.Fate == Fate.Killed).CountBy(m => m.Area + ": " + m.Judgement.By.Split(',')[0]).OrderByDescending(l => l.Value)) to.WriteLine($"{law.Value,5} killed, {law.Key}");
        var killed = counted.Count(m => m.Judgement.Fate == Fate.Killed);
        to.WriteLine($"{byHand.Count} mutants by hand, {alive} not killed; {counted.Count} by chance, {killed} killed, {counted.Count(m => m.Judgement.Fate == Fate.Survived)} survived, {counted.Count(m => m.Judgement.Fate == Fate.Crashed)} crashed, "
            + $"{all.Count - counted.Count} more changed nothing; {watch.Elapsed.TotalSeconds:F0} s");
        return alive == 0 && killed >= 0.95 * counted.Count ? 0 : 1;
    }
}
