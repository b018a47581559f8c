using FsCheck;
using FsCheck.Fluent;

namespace OptDsl.Testing;

/// <summary>
/// Random shapes, networks, rules, schedules, models and data with their shrinkers, for properties of your own:
/// <c>Law.Holds(Any.Model, m =&gt; …)</c>. They are FsCheck's arbitraries; each case prints as C#.
/// </summary>
public static class Any
{
    /// <summary>Shapes of up to three dimensions, sizes 1 … 40, those around the lengths of vectors more often.</summary>
    public static Arbitrary<Shape> Shape { get; } = Arb.From(
        Gen.Select(Gen.Choose(0, int.MaxValue), seed => RandomShape(new(seed))),
        s => Enumerable.Range(0, s.Rank).SelectMany(axis => new[] { s.Without(axis) }.Concat(s[axis] > 1 ? [s.With(axis, 1), s.With(axis, s[axis] / 2), s.With(axis, s[axis] - 1)] : [])));

    /// <summary>A loss with its network: what <c>Minimize</c> takes.</summary>
    public static Arbitrary<Sample<Expr>> Loss { get; } = Of(
        (dice, size) => NetworkCases.Random(dice, 2 + size / 9, new(IsDifferentiable: true)), n => n.Shrink().Where(Cases.IsModel), n => n.Build(), n => n.Text.Lines + "Expr loss = " + n.Text.Loss + ";\n");

    /// <summary>A rule: the library's and equations of one's own, chained, for some parameters only, at rates that change.</summary>
    public static Arbitrary<Sample<Rule>> Rule { get; } = Of((dice, _) => RuleThatIs(dice), r => r.Shrink().Where(Cases.IsRule), r => r.Build(), r => $"Rule rule = {r};\n");

    /// <summary>A schedule: an expression of <c>Step</c>.</summary>
    public static Arbitrary<Sample<Expr>> Schedule { get; } = Of(
        (dice, _) => RuleCases.Schedule(dice), t => t.Shrink(), t => t.Build(new Dictionary<string, Expr> { ["Step"] = Dsl.Step }), t => $"Expr schedule = {t};\n");

    /// <summary>A loss with the rule that minimises it.</summary>
    public static Arbitrary<Sample<Model>> Model { get; } = Of((dice, size) => ModelCase.Random(dice, size, new()), c => c.Shrink(), c => c.Model, c => c.ToString());

    /// <summary>Data that a model takes, 1 … <paramref name="maxBatch"/> examples: real numbers with zeros of both signs, labels in range.</summary>
    public static Arbitrary<Batch> Data(Model model, int maxBatch = 8, Precision precision = Precision.Single)
    {
        var graph = Compiler.ModelCompiler.Optimize(model);
        return Arb.From(Gen.Select(Gen.Choose(0, int.MaxValue), seed => new RandomData(model, graph, 1 + seed % maxBatch, seed).Batch(precision)), b => b.Count > 1 ? [b[..1], b[..(b.Count / 2)]] : []);
    }

    static RuleCase RuleThatIs(Dice dice)
    {
        while (true)
            if (RuleCases.Random(dice) is var rule && Cases.IsRule(rule)) return rule;
    }

    static Arbitrary<Sample<T>> Of<C, T>(Func<Dice, int, C> random, Func<C, IEnumerable<C>> shrink, Func<C, T> value, Func<C, string> text)
    {
        Sample<T> Make(C c) => new(value(c), text(c), () => shrink(c).Select(Make));
        return Cases.Of((dice, size) => Make(random(dice, size)), s => s.Shrink());
    }

    static Shape RandomShape(Dice dice) => new([.. Enumerable.Range(0, dice.Between(0, 3)).Select(_ => dice.Chance(0.5) ? dice.One(1, 2, 15, 16, 17, 31, 33) : dice.Between(1, 40))]);
}

/// <summary>A random value and the C# that declares it.</summary>
/// <typeparam name="T">What it is.</typeparam>
public sealed class Sample<T>
{
    readonly Func<IEnumerable<Sample<T>>> shrink;

    internal Sample(T value, string text, Func<IEnumerable<Sample<T>>> shrink) => (Value, Text, this.shrink) = (value, text, shrink);

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>C# that declares it.</summary>
    public string Text { get; }

    internal IEnumerable<Sample<T>> Shrink() => shrink();

    /// <summary>The C# that declares it.</summary>
    public override string ToString() => Text;
}
