using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>What every schedule keeps: a rate is a number and not negative, at the first step, far past its end, and beyond 2³¹.</summary>
internal static class ScheduleLaws
{
    public const string Law = "the rate is a number, and not negative";

    static readonly long[] steps = [.. Enumerable.Range(0, 101).Select(i => (long)i), 499, 500, 501, 999, 1000, 1001, 9_999, 10_000, 10_001, 1_000_000, int.MaxValue - 1L, int.MaxValue, 1L << 31, (1L << 31) + 1, 1L << 40];

    /// <summary>One number that nothing but the step and hyperparameters decides, whatever names its parts have.</summary>
    public static bool IsSchedule(Expr e) =>
        e is { KnownShape.Rank: 0, Batched: false } && Dag.PostOrder(e).All(part => part.Op.Kind != PrimitiveKind.Leaf || part.Op == Primitive.Constant || part.Op == Primitive.Step);

    public static Verdict IsRate(Expr schedule)
    {
        long[] all = [.. steps.Concat(Dag.PostOrder(schedule).SelectMany(Around)).Distinct()];
        foreach (var step in all)
            if (At(schedule, step) is var rate && !(rate >= 0 && double.IsFinite(rate)))
                throw new LawException($"at step {step.ToString(CultureInfo.InvariantCulture)} it is {RuleLaws.Text(rate)}", Declaration.Of(schedule), null, null);
        return Verdict.Holds(Law, $"{all.Length} steps from 0 to 2^40");
    }

    /// <summary>Where a piece of it may begin or end: each of its numbers that is a step, the one before and the one behind.</summary>
    static IEnumerable<long> Around(Expr e) =>
        e.Data is double and >= 1 and < 1L << 40 and var number ? [(long)number - 1, (long)number, (long)number + 1] : [];

    /// <summary>It has the values of a closed form, at every step from 0 on and far beyond its end.</summary>
    /// <exception cref="MismatchException">At some step it has another.</exception>
    public static void IsForm(Expr schedule, Func<double, double> form)
    {
        foreach (var step in steps)
            if (At(schedule, step) is var rate && form(step) is var wanted && !(Math.Abs(rate - wanted) <= 1e-12 * Math.Max(1e-3, Math.Abs(wanted))))
                throw new MismatchException($"at step {step.ToString(CultureInfo.InvariantCulture)} it is {RuleLaws.Text(rate)}, should be {RuleLaws.Text(wanted)}");
    }

    /// <summary>The value at a step, as a learner computes it: in double.</summary>
    public static double At(Expr schedule, long step)
    {
        var model = Dsl.Parameter(0.0).Minimize(Dsl.Scale(schedule));
        var graph = Lower.Run(model);
        return -new Interpreter<Real64>(graph) { Step = step, State = { ["parameter1"] = [new(0)] } }.Evaluate(1, [graph.Roots.Stored[0].Next])[graph.Roots.Stored[0].Next][0].Number;
    }
}
