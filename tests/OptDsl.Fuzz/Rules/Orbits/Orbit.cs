using OptDsl.Compiler;
using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>A rule on a loss on which its weights are known at every step: by a formula, or by a recurrence in other unknowns than the rule's slots.</summary>
/// <param name="Word">The rule's name.</param>
/// <param name="By">Whether the loss is linear or quadratic.</param>
/// <param name="What">What is seen there.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Loss">Of the weights.</param>
/// <param name="Shape">Of the weights.</param>
/// <param name="Start">The weights before the first step, row-major.</param>
/// <param name="Weights">The weights after each step, for ever.</param>
sealed record Orbit(string Word, Witness By, string What, Rule Rule, Func<Expr, Expr> Loss, int[] Shape, double[] Start, IEnumerable<double[]> Weights)
{
    const int Steps = 40;

    /// <summary>Of the largest weight.</summary>
    const double Tolerance = 1e-11;

    public static IReadOnlyList<Orbit> All { get; } = [.. LinearOrbits.All, .. ParabolaOrbits.All, .. HistoryOrbits.All];

    /// <exception cref="MismatchException">The weights are elsewhere.</exception>
    public void Check()
    {
        var model = Loss(Parameter(Shape, Init.Zero, "w")).Minimize(Rule);
        var interpreter = new Interpreter<Real64>(ModelCompiler.Optimize(model)) { State = { ["w"] = Array.ConvertAll(Start, Real64.Create) } };
        interpreter.Start();
        var (largest, way, step) = (Start.Max(Math.Abs), 0.0, 0);
        foreach (var expected in Weights.Take(Steps))
        {
            interpreter.Learn(1);
            step++;
            var at = Array.ConvertAll(interpreter.State["w"], w => w.Value);
            largest = Math.Max(largest, expected.Max(Math.Abs));
            for (var i = 0; i < at.Length; i++)
            {
                way = Math.Max(way, Math.Abs(at[i] - Start[i]));
                if (!(Math.Abs(at[i] - expected[i]) <= Tolerance * largest)) throw new MismatchException(FormattableString.Invariant($"step {step}, element {i}: {at[i]:R}, expected {expected[i]:R}"));
            }
        }
        if (!(way > 1e-3)) throw new MismatchException("nothing moved");
    }

    public override string ToString() => $"{Word} {What}";
}
