using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>f(w) = Σ_j φ(row_j·(w − w*)) with φ even, convex, smooth, and least at 0: the minimum and the smoothness L are known.</summary>
sealed record ConvexFunction(Func<Expr, Expr> Phi, Func<double, double> Number, double[][] Rows, double[] Best, double[] Start, double MuOfPhi = 0)
{
    /// <summary>At least the largest eigenvalue of Σ row·rowᵀ, by the trace; φ″ ≤ 1.</summary>
    public double L => Rows.Sum(r => r.Sum(x => x * x));

    public double Distance2 => Start.Zip(Best, (s, b) => (s - b) * (s - b)).Sum();

    public Expr Value(Expr w) => Rows.Select(r => Phi(Enumerable.Range(0, r.Length).Where(i => r[i] != 0).Select(i => r[i] * (w[i] - Best[i])).Aggregate((a, b) => a + b))).Aggregate((a, b) => a + b);

    /// <summary>f(w) − f*, without the difference of two large numbers.</summary>
    public double Gap(double[] w) => Rows.Sum(r => Number(r.Select((x, i) => x * (w[i] - Best[i])).Sum()));
}

static class ConvexFunctions
{
    public static IReadOnlyDictionary<string, ConvexFunction> All { get; } = Make();

    /// <summary>Few rows leave directions without curvature; nearly parallel rows are ill conditioned.</summary>
    static Dictionary<string, ConvexFunction> Make()
    {
        var all = new Dictionary<string, ConvexFunction>();
        foreach (var (name, rows, n) in new[] { ("few rows", 2, 4), ("many rows", 6, 3), ("nearly parallel rows", 4, 3) })
        {
            var random = new Random(all.Count);
            double Any() => 2 * random.NextDouble() - 1;
            double[] common = [.. Enumerable.Range(0, n).Select(_ => Any())], best = [.. common.Select(_ => Any())], start = [.. common.Select(_ => 5 * Any())];
            double[][] made = [.. Enumerable.Range(0, rows).Select(_ => common.Select(c => name.StartsWith("nearly", StringComparison.Ordinal) ? c + 0.02 * Any() : Any()).ToArray())];
            all["square, " + name] = new(x => 0.5 * Square(x), x => x * x / 2, made, best, start, 1);
            all["root, " + name] = new(x => Sqrt(1 + Square(x)) - 1, x => x * x / (Math.Sqrt(1 + x * x) + 1), made, best, start);
            // log((eˣ + e⁻ˣ)/2) = log(1 + e²ˣ) − x − log 2
            all["log cosh, " + name] = new(x => Softplus(2 * x) - x - Math.Log(2), x => Math.Abs(x) < 1e-2 ? x * x / 2 - Math.Pow(x, 4) / 12 : Math.Log(Math.Cosh(x)), made, best, start);
            all["Huber, " + name] = new(x => Where(Less(Abs(x), 1), 0.5 * Square(x), Abs(x) - 0.5), x => Math.Abs(x) < 1 ? x * x / 2 : Math.Abs(x) - 0.5, made, best, start);
        }
        return all;
    }
}
