namespace OptDsl.Testing;

/// <summary>
/// No rule whose steps lie in the span of the gradients so far is faster than
/// f(w_k) − f* ≥ mu/2·((√κ − 1)/(√κ + 1))^(2k)·‖w_0 − w*‖² on Nesterov's chain, where each gradient reaches one coordinate
/// further. Who is faster knows what it has not been told: a wrong gradient, a rule that saw the solution.
/// Nesterov, Introductory Lectures on Convex Optimization, theorem 2.1.13.
/// </summary>
internal static class LowerBound
{
    /// <summary>Smoothness and strong convexity of the chain.</summary>
    public const double L = 1, Mu = 0.01;

    /// <summary>So long that after so many steps the bound for infinitely many coordinates is the one for these, to an ulp.</summary>
    public const int Length = 140, Steps = 40;

    const int ProbeSteps = 12;

    static readonly double root = Math.Sqrt(L / Mu), q = (root - 1) / (root + 1), last = (root + 3) / (root + 1);

    /// <summary>The minimum of the chain: q, q², q³, ….</summary>
    public static double[] Solution => [.. Enumerable.Range(1, Length).Select(i => Math.Pow(q, i))];

    public const string Law = "steps of gradients alone stay above the bound";

    /// <summary>Whether the rule is of the class is seen on the tilted bowl; if it is, the bound is held to it on the chain.</summary>
    /// <exception cref="LawException">It beats the bound.</exception>
    public static Verdict Run(RuleBench bench)
    {
        if (bench.Shape.Rank != 1) return new(Law, Outcome.DoesNotApply, "it takes no vector, and the chain is one");
        var (outside, at) = Leaves(bench.Rule);
        if (at is { } step && double.IsNaN(outside)) return new(Law, Outcome.DoesNotApply, FormattableString.Invariant($"on a bowl of curvature 1 its weights are no numbers after {step} steps"));
        if (at is { } left) return new(Law, Outcome.DoesNotApply, FormattableString.Invariant($"{outside:P0} of w_{left} − w_0 lies outside the span of the gradients before it, as where each element has a rate of its own"));
        var ratios = Ratios(bench.Rule);
        var ratio = ratios.Min();
        var fastest = Array.IndexOf(ratios, ratio);
        if (ratio < 1) throw new LawException(FormattableString.Invariant($"after {fastest} steps within the span of past gradients the gap is {ratio:G4} of the least possible: the rule or a gradient uses what no gradient told"), null, null, null);
        return Verdict.Holds(Law, FormattableString.Invariant($"nearest after {fastest} of {Steps} steps, at {ratio:G4} times the bound"));
    }

    /// <summary>Gap over bound after each number of steps on the chain, from 0; infinite where the rule went out of all numbers.</summary>
    public static double[] Ratios(Rule rule)
    {
        var best = Solution;
        var path = new Descent(Chain, rule, new double[Length]).Walk(Steps);
        return [.. path.Select((w, k) => Gap(w, best) / (Mu / 2 * Math.Pow(q, 2 * k) * best.Sum(b => b * b))).Select(r => double.IsNaN(r) ? double.PositiveInfinity : r)];
    }

    /// <summary>The first step whose displacement leaves the span of the gradients, and the part outside: on a tilted bowl, from a point that is nothing special.</summary>
    static (double Part, int? Step) Leaves(Rule rule)
    {
        var random = new Random(1);
        double Any() => 2 * random.NextDouble() - 1;
        double[] tilt = [.. Enumerable.Range(0, Length).Select(_ => Any())], shift = [.. tilt.Select(_ => Any())], start = [.. tilt.Select(_ => Any())];
        Expr Bowl(Expr w)
        {
            Expr along = Dsl.Input(Length, "tilt"), centre = Dsl.Input(Length, "shift");
            return (Dsl.Square(along * w) + Dsl.Square(w - centre)).Sum() / 8 + Dsl.Square((along * w).Sum()) / Length;
        }
        var run = new Descent(Bowl, rule, start, ("tilt", tilt), ("shift", shift));
        var span = new List<double[]>();
        for (var k = 1; k <= ProbeSteps; k++)
        {
            Extend(span, run.Gradient);
            run.Step();
            double[] moved = [.. run.At.Select((x, i) => x - start[i])];
            var (all, outside) = (Norm(moved), Norm(Outside(span, moved)));
            if (!(outside <= 1e-9 * all)) return (outside / all, k);
        }
        return (0, null);
    }

    static Expr Chain(Expr w) =>
        (L - Mu) / 8 * (Dsl.Square(w[0]) + Dsl.Square(w.Slice(1, Length - 1) - w.Slice(0, Length - 1)).Sum() + (last - 1) * Dsl.Square(w[Length - 1]) - 2 * w[0])
        + Mu / 2 * Dsl.Square(w).Sum();

    /// <summary>The quadratic form of the distance, so that no two large numbers cancel.</summary>
    static double Gap(double[] w, double[] best)
    {
        double[] d = [.. w.Select((x, i) => x - best[i])];
        return (L - Mu) / 8 * (d[0] * d[0] + Enumerable.Range(1, Length - 1).Sum(i => (d[i] - d[i - 1]) * (d[i] - d[i - 1])) + (last - 1) * d[^1] * d[^1])
            + Mu / 2 * d.Sum(x => x * x);
    }

    static void Extend(List<double[]> span, double[] gradient)
    {
        var rest = Outside(span, gradient);
        var norm = Norm(rest);
        if (norm > 1e-12 * Norm(gradient)) span.Add([.. rest.Select(x => x / norm)]);
    }

    /// <summary>What an orthonormal set does not explain; twice, because once leaves a rounding.</summary>
    static double[] Outside(List<double[]> span, double[] x)
    {
        for (var pass = 0; pass < 2; pass++)
            foreach (var e in span)
            {
                var along = x.Zip(e, (a, b) => a * b).Sum();
                x = [.. x.Select((a, i) => a - along * e[i])];
            }
        return x;
    }

    static double Norm(double[] x) => Math.Sqrt(x.Sum(a => a * a));
}
