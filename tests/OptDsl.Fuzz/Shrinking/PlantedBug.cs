using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>
/// A bug that shows where one word is said of what another word made, some lines later, of a value that is wide enough; and in some
/// bugs only with several examples, or under a rule that keeps something.
/// </summary>
sealed record PlantedBug(Word First, Word Then, int Width, bool NeedsExamples, bool NeedsSlots)
{
    /// <summary>One that some network of twelve lines has.</summary>
    public static PlantedBug Random(int number)
    {
        var dice = new Dice(number);
        while (true)
        {
            var network = Networks(dice);
            int[] operations = [.. Enumerable.Range(0, network.Lines.Count).Where(i => network.Lines[i].Operands.Count > 0)];
            if (operations.Length < 2) continue;
            var first = dice.One<int>(operations);
            int[] later = [.. operations.Where(i => i > first && Above(network, i).Contains(first))];
            if (later.Length == 0) continue;
            var bug = new PlantedBug(network.Lines[first].Word, network.Lines[dice.One<int>(later)].Word, dice.One(1, 1, 2, 5, 16), dice.Chance(0.3), dice.Chance(0.2));
            if (bug.IsIn(network)) return bug;
        }
    }

    /// <summary>Networks of about twelve layers, under any rule.</summary>
    public static FsCheck.Arbitrary<RunCase> Cases => Testing.Cases.Of(
        (dice, _) => RunCase.Random(dice, ModelCase.Random(Networks(dice), () => RuleCases.Random(dice))), c => c.Shrink());

    public void Check(RunCase run)
    {
        if (NeedsExamples && run.Examples.All(n => n == 1)) return;
        if (NeedsSlots && !run.Declaration.Model.ToString().Contains("slot", StringComparison.Ordinal)) return;
        if (IsIn(run.Declaration.Network)) throw new MismatchException(ToString());
    }

    static NetworkCase Networks(Dice dice) => NetworkCases.Random(dice, 12, new(HasData: true));

    bool IsIn(NetworkCase network)
    {
        var widths = network.Widths();
        return Enumerable.Range(0, network.Lines.Count).Any(i => network.Lines[i].Word == Then
            && Above(network, i).Any(k => k != i && network.Lines[k].Word == First && widths[k] >= Width));
    }

    /// <summary>The lines that a line is made from, and itself.</summary>
    static HashSet<int> Above(NetworkCase network, int line)
    {
        var above = new HashSet<int> { line };
        for (var i = line; i >= 0; i--) if (above.Contains(i)) above.UnionWith(network.Lines[i].Operands);
        return above;
    }

    public override string ToString() => $"{Then.Format} of {First.Format} of {Width}" + (NeedsExamples ? ", several examples" : "") + (NeedsSlots ? ", slots" : "");
}
