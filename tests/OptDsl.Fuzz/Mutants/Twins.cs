using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Whether a mutant is one: some bit differs on some input. Random numbers, ties, zeros of both signs, large and tiny numbers, infinities.</summary>
static class Twins
{
    const int Points = 24;

    static readonly double[] edges = [0, -0.0, 1, -1, 0.5, 1e-20, -1e-20, 1e10, -1e10, 1e-310, double.PositiveInfinity, double.NaN];

    /// <summary>These roots of two graphs have other bits somewhere.</summary>
    public static bool Differ(Model model, Graph right, Graph wrong, Func<Roots, IEnumerable<Value>> of)
    {
        for (var seed = 0; seed < Points; seed++)
        {
            var examples = 1 + seed % 4;
            var (random, at) = (new Random(seed), new Interpreter<Real64>(right) { Step = seed % 5 });
            foreach (var (name, numbers) in new RandomData(model, right, examples, seed).Columns)
                at.Data[name] = seed % 3 == 0 || IsInteger(right, name) ? numbers : Array.ConvertAll(numbers, _ => Number(random, seed));
            foreach (var stored in right.Roots.Stored)
                at.State[stored.Name] = [.. Enumerable.Range(0, (int)stored.Leaf.Extent.Dims.Size).Select(_ => Real64.Create(Number(random, seed)))];
            var (a, b) = (at.Evaluate(examples, of(right.Roots)), at.Evaluate(examples, of(wrong.Roots)));
            foreach (var (x, y) in of(right.Roots).Zip(of(wrong.Roots)))
                if (!a[x].Zip(b[y]).All(p => Same(p.First.Number, p.Second.Number))) return true;
        }
        return false;
    }

    /// <summary>Two learners of one model, one batch after the other: the bits of everything that can be asked.</summary>
    public static bool Differ<T>(ILearner<T> right, ILearner<T> wrong, Subject subject) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var seed = 0; seed < Points; seed++)
        {
            var data = new RandomData(subject.Model, subject.Compiled, 1 + seed * 5 % right.MaxBatch, 100 + seed);
            var batch = data.Batch(typeof(T) == typeof(float) ? Precision.Single : Precision.Double);
            if (!Trace(right, batch, subject, data.Examples).SequenceEqual(Trace(wrong, batch, subject, data.Examples))) return true;
        }
        return false;
    }

    static IEnumerable<long> Trace<T>(ILearner<T> learner, Batch batch, Subject subject, int examples) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        yield return Bits(learner.Evaluate(batch));
        foreach (var (name, value) in subject.Compiled.Roots.Outputs)
        {
            var output = new T[value.Extent.Dims.Size * (subject.Model.Naming.Inputs.Count == 0 ? 1 : examples)];
            learner.Predict(batch, name, output);
            foreach (var number in output) yield return Bits(double.CreateChecked(number));
        }
        yield return Bits(learner.Gradient(batch));
        foreach (var parameter in learner.Parameters)
            foreach (var number in learner.GradientOf(parameter.Name).ToArray()) yield return Bits(double.CreateChecked(number));
        var loss = double.NaN;
        try
        {
            loss = learner.Learn(batch);
        }
        catch (NonFiniteLossException)
        {
            // As good an answer as another, if both give it.
        }
        yield return Bits(loss);
        foreach (var tensor in learner.Parameters.Concat(learner.Slots))
            foreach (var number in tensor.ToArray()) yield return Bits(double.CreateChecked(number));
    }

    static bool IsInteger(Graph graph, string name) => graph.Values.Any(v => v.Op == Primitive.Input && v.Element == Element.Integer && Equals(v.Data, name));

    static double Number(Random random, int seed) => seed % 4 == 1 && random.Next(2) == 0 ? edges[random.Next(edges.Length - (seed % 8 == 1 ? 0 : 3))] : 3 * random.NextDouble() - 1.5;

    static long Bits(double x) => double.IsNaN(x) ? 1 : BitConverter.DoubleToInt64Bits(x);

    static bool Same(double a, double b) => Bits(a) == Bits(b);
}
