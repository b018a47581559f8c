using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>What every compilation keeps, one method a law; cheap ones first.</summary>
internal static class CompilerLaws
{
    const int Examples = 3;

    public const string Bits = "generated = interpreter, to the bit";

    /// <summary>Laws of the declared graph, whose forward half is the model and whose backward half is differentiation.</summary>
    public static IReadOnlyList<(string Name, Action<Subject> Run)> OfGradients { get; } =
    [
        ("the graph is well formed", s => Verifier.Check(s.Declared)),
        ("gradient = dual number", s => Dual(s, new GradientPoint(s.Model, s.Declared, s.Compiled, Examples, s.Seed))),
        ("gradient = differences", s => new GradientCheck().Run(new GradientPoint(s.Model, s.Declared, s.Compiled, Examples, s.Seed))),
        ("gradient at a kink = dual number", s => KinkLaw.Check(s.Model, s.Declared)),
    ];

    /// <summary>Laws of what needs no declaration.</summary>
    public static IReadOnlyList<(string Name, Action<Pipeline> Run)> OfPipelines { get; } = [("derivative of each primitive = dual number", p => DerivativeLaw.Check(p.Differentiate))];

    /// <summary>Laws of the passes: the compiled graph means what the declared one does.</summary>
    public static IReadOnlyList<(string Name, Action<Subject> Run)> OfPasses { get; } =
    [
        ("the compiled graph is well formed", s => Verifier.Check(s.Compiled)),
        ("compiled graph = declared graph", s => SameMeaning.Check(s.Model, s.Declared, s.Compiled, s.Seed)),
    ];

    /// <summary>Laws of kernels and memory.</summary>
    public static IReadOnlyList<(string Name, Action<Subject> Run)> OfPlans { get; } = [("nothing lies on what is needed still", s => Verifier.Check(s.Plan))];

    /// <summary>Along both ends of every tensor and one direction through it.</summary>
    static void Dual(Subject subject, GradientPoint at)
    {
        if (at.IsKink) return;
        foreach (var parameter in subject.Model.Trained)
        {
            var gradient = at.Gradient(parameter.Path).Exact;
            var largest = gradient.Max(Math.Abs);
            foreach (var direction in Directions(gradient.Length, at.Random))
            {
                double wanted = at.Carried(parameter.Path, direction), found = direction.Sum(d => gradient[d.Index] * d.Part);
                if (!(Math.Abs(wanted - found) <= GradientCheck.Exact * largest + 1e-25 * at.Largest)) throw new MismatchException($"gradient of {parameter.Path}: {found}, carried forward {wanted}");
            }
        }
    }

    static IEnumerable<IReadOnlyList<(int Index, double Part)>> Directions(int size, Random random)
    {
        yield return [.. Enumerable.Range(0, size).Select(i => (i, 0.5 + random.NextDouble()))];
        yield return [(size - 1, 1)];
        if (size > 1) yield return [(0, 1)];
    }
}
