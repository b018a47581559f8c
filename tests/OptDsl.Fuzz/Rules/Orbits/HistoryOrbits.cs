using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>On ½·(w₁² + 9·w₂²), with all gradients kept: what a rule carries in slots is a mean of them, what it corrects is that mean's weights.</summary>
static class HistoryOrbits
{
    static readonly double[] start = [3, -1], curvature = [1, 9];

    public static IEnumerable<Orbit> All =>
    [
        Of(nameof(Adagrad), Adagrad(0.5), (g, w) => 0.5 * g[^1] / (Math.Sqrt(g.Sum(x => x * x)) + 1e-10)),
        Of(nameof(RmsProp), RmsProp(0.1, 0.9), (g, w) => 0.1 * g[^1] / (Math.Sqrt(Share(g, 0.9) * Mean(Squares(g), 0.9)) + 1e-8)),
        Of(nameof(Adam), Adam(0.1, 0.8, 0.9), (g, w) => 0.1 * Mean(g, 0.8) / (Math.Sqrt(Mean(Squares(g), 0.9)) + 1e-8)),
        Of(nameof(AdamW), AdamW(0.1, 0.2, 0.8, 0.9), (g, w) => 0.1 * (Mean(g, 0.8) / (Math.Sqrt(Mean(Squares(g), 0.9)) + 1e-8) + 0.2 * w)),
        Of(nameof(AmsGrad), AmsGrad(0.1, 0.8, 0.9), (g, w) =>
        {
            var largest = Enumerable.Range(1, g.Length).Max(k => Share(g[..k], 0.9) * Mean(Squares(g[..k]), 0.9));
            return 0.1 * Mean(g, 0.8) / (Math.Sqrt(largest / Share(g, 0.9)) + 1e-8);
        }),
        Of(nameof(AdaMax), AdaMax(0.1, 0.8, 0.9), (g, w) => 0.1 * Mean(g, 0.8) / g.Select((x, i) => Math.Pow(0.9, g.Length - 1 - i) * (Math.Abs(x) + 1e-8)).Max()),
        Of(nameof(Adan), Adan(0.05, 0.8, 0.7, 0.9), (g, w) =>
        {
            double[] change = [.. g.Select((x, i) => i == 0 ? 0 : x - g[i - 1])], ahead = [.. g.Zip(change, (x, d) => x + 0.7 * d)];
            return 0.05 * (Mean(g, 0.8) + 0.7 * Mean(change, 0.7)) / (Math.Sqrt(Mean(Squares(ahead), 0.9)) + 1e-8);
        }),
        Of(nameof(AdEMAMix), AdEMAMix(0.02, 0.8, 0.9, 0.95, 2), (g, w) => 0.02 * (Mean(g, 0.8) + 2 * Share(g, 0.95) * Mean(g, 0.95)) / (Math.Sqrt(Mean(Squares(g), 0.9)) + 1e-8)),
        Momo(),
    ];

    /// <summary>Of the past, g[^1] the newest.</summary>
    static double Mean(double[] g, double beta) => Weighted(g, beta) / Weighted(Array.ConvertAll(g, _ => 1.0), beta);

    static double Weighted(double[] g, double beta)
    {
        var sum = 0.0;
        for (var i = 0; i < g.Length; i++) sum += Math.Pow(beta, g.Length - 1 - i) * g[i];
        return sum;
    }

    /// <summary>The share that gradients have in a mean that began with 0.</summary>
    static double Share(double[] g, double beta) => 1 - Math.Pow(beta, g.Length);

    static double[] Squares(double[] g) => Array.ConvertAll(g, x => x * x);

    /// <summary>Each weight alone: the step follows from its gradients so far and itself.</summary>
    static Orbit Of(string word, Rule rule, Func<double[], double, double> step)
    {
        return new(word, Witness.Quadratic, "is means of its gradients", rule, w => 0.5 * Square(w[0]) + 4.5 * Square(w[1]), [2], start, Weights());

        IEnumerable<double[]> Weights()
        {
            var (w, gradients) = ((double[])start.Clone(), new List<double>[] { [], [] });
            while (true)
            {
                for (var i = 0; i < w.Length; i++)
                {
                    gradients[i].Add(curvature[i] * w[i]);
                    w[i] -= step([.. gradients[i]], w[i]);
                }
                yield return [.. w];
            }
        }
    }

    /// <summary>A model of the loss: the mean of its tangents so far, the first with the weight of all before it. The step is to where that is 0, or lr.</summary>
    static Orbit Momo()
    {
        const double lr = 0.5, beta = 0.6;
        return new(nameof(Dsl.Momo), Witness.Quadratic, "steps to where the mean of tangents is 0", Dsl.Momo(lr, beta), w => 2 * Square(w).Sum(), [1], [3], Weights());

        static IEnumerable<double[]> Weights()
        {
            var (w, tangents) = (3.0, new List<(double Weight, double At)>());
            while (true)
            {
                tangents = [.. tangents.Select(t => (beta * t.Weight, t.At)), (tangents.Count == 0 ? 1 : 1 - beta, w)];
                var slope = tangents.Sum(t => t.Weight * 4 * t.At);
                var model = tangents.Sum(t => t.Weight * (2 * t.At * t.At + 4 * t.At * (w - t.At)));
                w -= Math.Min(lr, Math.Max(model, 0) / (slope * slope)) * slope;
                yield return [w];
            }
        }
    }
}
