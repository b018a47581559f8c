using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>A rule takes the steps of its independent transcription: on two tensors, on any gradients and on constant ones.</summary>
internal static class TranscriptionLaw
{
    const int Steps = 40;

    /// <summary>Of the longest way of a weight.</summary>
    const double Tolerance = 1e-11;

    static readonly int[][] shapes = [[3], [2, 2]];

    /// <exception cref="MismatchException">A step is another one.</exception>
    public static void Check(Rule rule, Func<PlainStep> transcribed)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            Check(rule, transcribed(), random, _ => [.. shapes.Select(s => Drawn(random, Size(s)))]);
        }
    }

    /// <summary>The same where the gradient stays what it is: weights − Σ rates · what the form says of g and the number of completed steps.</summary>
    /// <exception cref="MismatchException">A step is another one.</exception>
    public static void OnConstants(Rule rule, Func<double, int, double> form)
    {
        var random = new Random(7);
        double[][] g = [.. shapes.Select(s => Drawn(random, Size(s)))];
        var step = 0;
        Check(rule, (w, _) =>
        {
            for (var t = 0; t < w.Length; t++)
                for (var i = 0; i < w[t].Length; i++) w[t][i] -= form(g[t][i], step);
            step++;
        }, random, _ => g);
    }

    static void Check(Rule rule, PlainStep update, Random random, Func<int, double[][]> gradients)
    {
        var model = shapes.Select((s, i) => (Dsl.Parameter(s, Init.Zero, "w" + i) * Dsl.Input(s, "g" + i)).Sum()).Aggregate((a, b) => a + b).Minimize(rule);
        var at = new Interpreter<Real64>(Lower.Run(model));
        double[][] start = [.. shapes.Select(s => Enumerable.Range(0, Size(s)).Select(_ => 4 * random.NextDouble() - 2).ToArray())], weights = [.. start.Select(t => (double[])t.Clone())];
        for (var t = 0; t < shapes.Length; t++) at.State["w" + t] = Array.ConvertAll(start[t], Real64.Create);
        at.Start();
        var way = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            var g = gradients(step);
            for (var t = 0; t < shapes.Length; t++) at.Data["g" + t] = g[t];
            at.Learn(1);
            update(weights, g);
            for (var t = 0; t < shapes.Length; t++)
                for (var i = 0; i < weights[t].Length; i++)
                {
                    var found = at.State["w" + t][i].Number;
                    way = Math.Max(way, Math.Abs(weights[t][i] - start[t][i]));
                    if (!(Math.Abs(found - weights[t][i]) <= Tolerance * way + 1e-15)) throw new MismatchException($"step {step} leads to {RuleLaws.Text(found)}, transcribed to {RuleLaws.Text(weights[t][i])}");
                }
        }
    }

    static int Size(int[] shape) => shape.Aggregate(1, (a, d) => a * d);

    /// <summary>From 1e-8 to 10, of both signs, zeros among them.</summary>
    static double[] Drawn(Random random, int size) => [.. Enumerable.Range(0, size).Select(_ => random.Next(8) == 0 ? 0 : (random.Next(2) * 2 - 1) * Math.Pow(10, random.Next(10) == 0 ? -8 : 2 * random.NextDouble() - 1))];
}
