namespace OptDsl.Testing;

/// <summary>Two rules that should be one. Both run with 31 digits, so that a difference is one of equations, not of rounding.</summary>
internal static class SameSteps
{
    public const string Likeness = "it takes the steps of the other rule", ClosedForm = "on constant gradients it has the closed form";

    /// <summary>Of the longest way of a weight.</summary>
    const double Tolerance = 1e-10;

    public static Verdict OnAnyGradients(RuleBench bench, Rule other) => RuleLaws.ForAll(Likeness, bench, 20, trial => Compare(other, trial));

    public static Verdict OnConstantGradients(RuleBench bench, Rule other) =>
        RuleLaws.ForAll(ClosedForm, bench, 20, trial => Compare(other, trial with { Gradients = [.. trial.Gradients.Select(_ => trial.Gradients[0])] }));

    static void Compare(Rule other, RuleTrial trial)
    {
        var twin = new RuleBench(other, trial.Shape);
        var (step, way) = (0, 0.0);
        foreach (var (a, b) in trial.Bench.Exactly<DoubleDouble>(trial.Weights, trial.Gradients).Zip(twin.Exactly<DoubleDouble>(trial.Weights, trial.Gradients)))
        {
            for (var i = 0; i < a.Length; i++)
            {
                way = Math.Max(way, Math.Max(Way(a[i], trial.Weights[i]), Way(b[i], trial.Weights[i])));
                if (!(Math.Abs((a[i] - b[i]).Value) <= Tolerance * way) && !(double.IsNaN(a[i].Value) && double.IsNaN(b[i].Value)))
                    throw new MismatchException($"step {step} leads to {RuleLaws.Text(a[i].Value)}, the other rule's to {RuleLaws.Text(b[i].Value)}");
            }
            step++;
        }

        static double Way(DoubleDouble at, double start) => Math.Abs((at - DoubleDouble.Create(start)).Value);
    }
}
