using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>One update in plain loops: changes the weights in place; t is 1 at the first step.</summary>
delegate void Loops(double[] w, double[] g, int t);

/// <summary>A rule of the library, and the same read off the paper once more, in loops over doubles that share nothing with it.</summary>
/// <param name="Name">The word of <see cref="Dsl"/> that it is about, then the hyperparameters.</param>
/// <param name="Rule">The library's.</param>
/// <param name="Start">Makes the slots, from the first weights, and returns the update.</param>
/// <param name="Rows">Of a matrix, row-major; 0 for a vector.</param>
sealed record Transcription(string Name, Rule Rule, Func<double[], Loops> Start, int Rows = 0)
{
    public const int Columns = 4;

    const int Steps = 50;

    /// <summary>Of the longest way that a weight has gone.</summary>
    const double Tolerance = 1e-12;

    public string Word => Name[..Name.IndexOf('(', StringComparison.Ordinal)];

    public static IEnumerable<Transcription> All => [.. MomentumTranscriptions.All, .. AdaptiveTranscriptions.All, .. NormTranscriptions.All, .. AverageTranscriptions.All, .. TransformTranscriptions.All, .. MatrixTranscriptions.All, .. LossTranscriptions.All, .. NoiseTranscriptions.All];

    /// <summary>A rule that treats each element alone: from its weight, gradient, t and slots, zero at first, to its next weight.</summary>
    public static Func<double[], Loops> Each(int slots, Func<double, double, int, double[], double> update) => Each(_ => new double[slots], update);

    /// <summary>The same with slots that start from the weight.</summary>
    public static Func<double[], Loops> Each(Func<double, double[]> start, Func<double, double, int, double[], double> update) => first =>
    {
        var slots = first.Select(start).ToArray();
        return (w, g, t) =>
        {
            for (var i = 0; i < w.Length; i++) w[i] = update(w[i], g[i], t, slots[i]);
        };
    };

    public static double Norm(double[] x)
    {
        var sum = 0.0;
        foreach (var number in x) sum += number * number;
        return Math.Sqrt(sum);
    }

    /// <exception cref="MismatchException">The rule takes another step.</exception>
    public void Check()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var size = Rows == 0 ? 5 : Rows * Columns;
            double[] w = [.. Enumerable.Range(0, size).Select(_ => 4 * random.NextDouble() - 2)], first = [.. w];
            var gradients = Enumerable.Range(0, Steps).Select(_ => Enumerable.Range(0, size).Select(_ => Gradient(random)).ToArray()).ToArray();
            var loops = Start(first);
            var (t, way) = (0, 0.0);
            foreach (var at in new RuleBench(Rule, Rows == 0 ? new(size) : new(Rows, Columns)).Run<Real64>(first, gradients))
            {
                loops(w, gradients[t], ++t);
                for (var i = 0; i < size; i++)
                {
                    way = Math.Max(way, Math.Abs(w[i] - first[i]));
                    if (!(Math.Abs(at[i] - w[i]) <= Tolerance * way)) throw new MismatchException(FormattableString.Invariant($"seed {seed}, step {t}, element {i}: {at[i]:R}, by the paper {w[i]:R}, {Math.Abs(at[i] - w[i]) / way:G2} of the way"));
                }
            }
            if (!(way > 0)) throw new MismatchException("nothing moved");
        }
    }

    /// <summary>Of either sign, over three decades, now and then 0.</summary>
    static double Gradient(Random random) => random.Next(20) == 0 ? 0 : (2 * random.NextDouble() - 1) * Math.Pow(10, 2 * random.NextDouble() - 2);

    public override string ToString() => Name;
}
