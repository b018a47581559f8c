namespace OptDsl.Testing;

/// <summary>Random rules: the library's and a user's own, chained, for some parameters only, at rates that change.</summary>
internal sealed class RuleCases(Dice dice)
{
    int hypers;

    public static RuleCase Random(Dice dice) => new([.. new RuleCases(dice).Stages()]);

    /// <summary>One of the library's at a rate.</summary>
    public static RuleCase OfLibrary(Dice dice) => new([new RuleCases(dice).Known()]);

    IEnumerable<StageCase> Stages()
    {
        for (var i = dice.Between(0, 2); i > 0; i--) yield return Perhaps(dice.Chance(0.5) ? Known() : Own());
        if (dice.Chance(0.5)) yield return Known();
        else yield return new KnownRule("Scale({0})", lr => Dsl.Scale(lr), Rate());
    }

    StageCase Perhaps(StageCase stage)
    {
        if (dice.Chance(0.7)) return stage;
        var (text, test) = dice.One(OnlyCase.Conditions);
        return new OnlyCase(stage, text, test);
    }

    StageCase Known()
    {
        var (format, make) = dice.One(KnownRule.All);
        return new KnownRule(format, make, Rate());
    }

    /// <summary>A rate that changes.</summary>
    public static Term Schedule(Dice dice) => new RuleCases(dice).Scheduled();

    Term Rate() => dice.Chance(0.2) ? Hyper(Rate()) : dice.Chance(0.6) ? Rounded(0.01, 0.3) : Scheduled();

    /// <summary>A number that can be set, under a name of its own.</summary>
    Call Hyper(Term value)
    {
        var name = "h" + ++hypers;
        return new(new($"Hyper({Text.Quote(name)}, {{0}})", (x, s) => Dsl.Hyper(name, x[0])), [value], []);
    }

    Call Scheduled() => new(dice.One(RuleWords.Schedules), [Rounded(0.05, 0.3)], [dice.Between(1, 3), dice.Between(1, 4)]);

    Number Rounded(double low, double high) => new(dice.Number(low, high));

    OwnRule Own()
    {
        var slots = dice.Between(0, 4);
        // The starts of several slots may have shapes of their own.
        var starts = slots == 0 || dice.Chance(0.5) ? [] : Enumerable.Range(0, slots).Select(_ => Start()).ToArray();
        return new(starts, Equation(slots, 3), [.. Enumerable.Range(0, slots).Select(i => Next(i, slots))]);
    }

    Term Start() => dice.One<Term>(
        new Symbol("p"), new Call(new("0 * {0}", (x, s) => 0 * x[0]), [new Symbol("p")], []), new Number(dice.Number(0, 1)),
        new Call(new("0 * {0}.Mean(0, keep: true)", (x, s) => 0 * x[0].Mean(0, keep: true)), [new Symbol("p")], []),
        new Call(new("{0}.Sum()", (x, s) => x[0].Sum()), [new Symbol("p")], []));

    /// <summary>A slot forgets and takes in; one of another shape takes in what fits it.</summary>
    Term Next(int slot, int slots)
    {
        Term old = new Call(new("0.5 * {0}", (x, s) => 0.5 * x[0]), [OwnRule.Slot(slot)], []);
        return dice.Chance(0.2) ? Equation(slots, 2) : new Call(RuleWords.Binary[0], [old, Equation(slots, 2)], []);
    }

    Term Equation(int slots, int depth)
    {
        if (depth == 0 || dice.Chance(0.15)) return Leaf(slots);
        if (dice.Chance(0.4)) return Said(RuleWords.Unary, [Equation(slots, depth - 1)], []);
        Term a = Equation(slots, depth - 1), b = dice.Chance(0.2) ? Rounded(-1, 1) : Equation(slots, depth - 1);
        return Said(RuleWords.Binary, dice.Chance(0.5) || b is Number ? [a, b] : [b, a], [dice.Between(1, 3)]);
    }

    /// <summary>A word that writes an operand twice would draw its random numbers twice, and the expression has them once.</summary>
    Call Said(IReadOnlyList<Word> words, Term[] operands, int[] sizes)
    {
        var draws = operands.Any(o => o.Text(inner: false).Contains("Random", StringComparison.Ordinal));
        while (true)
            if (dice.One(words) is var word && !(draws && word.Repeats)) return new(word, operands, sizes);
    }

    Term Leaf(int slots)
    {
        var kind = dice.Between(0, 4 + 2 * slots);
        return new Symbol(kind < 2 ? "g" : kind < 3 ? "Param" : kind < 4 ? "Step" : kind < 5 ? "Loss" : OwnRule.Slot((kind - 5) / 2).Name);
    }
}
