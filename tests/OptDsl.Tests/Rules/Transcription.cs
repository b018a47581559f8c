namespace OptDsl.Tests.Rules;

/// <summary>One update in plain loops: changes the weights in place; t is 1 at the first step.</summary>
delegate void Loops(double[] w, double[] g, int t);

/// <summary>A rule of the library, and the same read off the paper once more, in loops over doubles that share nothing with it.</summary>
/// <param name="Name">With the hyperparameters.</param>
/// <param name="Rule">The library's.</param>
/// <param name="Start">Makes the slots, from the first weights, and returns the update.</param>
/// <param name="Rows">Of a matrix, row-major; 0 for a vector.</param>
sealed record Transcription(string Name, Rule Rule, Func<double[], Loops> Start, int Rows = 0)
{
    public const int Columns = 4;

    public static IEnumerable<Transcription> All => [.. MomentumTranscriptions.All, .. AdaptiveTranscriptions.All, .. NormTranscriptions.All, .. AverageTranscriptions.All, .. TransformTranscriptions.All, .. MatrixTranscriptions.All, .. LossTranscriptions.All];

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

    public override string ToString() => Name;
}
