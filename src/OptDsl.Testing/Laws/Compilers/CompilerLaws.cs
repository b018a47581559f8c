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
        ("gradient = dual number", s => { for (var i = 0; i < 3; i++) new CarriedGradients(s.Model, s.Declared, s.Seed + i, onTies: false).Check(s.Declared); }),
        ("gradient = differences", s => new GradientCheck().Run(new GradientPoint(s.Model, s.Declared, s.Compiled, Examples, s.Seed))),
        ("gradient on ties = dual number", s => { for (var seed = 0; seed < 8; seed++) new CarriedGradients(s.Model, s.Declared, seed, onTies: true).Check(s.Declared); }),
    ];

    /// <summary>Laws of what needs no declaration.</summary>
    public static IReadOnlyList<(string Name, Action<Pipeline> Run)> OfPipelines { get; } = [("derivative of each primitive = dual number", p => DerivativeLaw.Check(p.Differentiate))];

    /// <summary>Laws of the passes: the compiled graph means what the declared one does.</summary>
    public static IReadOnlyList<(string Name, Action<Subject> Run)> OfPasses { get; } =
    [
        ("the compiled graph is well formed", s => Verifier.Check(s.Compiled)),
        ("a slot below 1e-30 is stored as 0", s => FlushLaw.Check(s.Compiled)),
        ("compiled graph = declared graph", s => new SameMeaning(s.Model, s.Declared, s.Seed).Check(s.Compiled)),
    ];

    /// <summary>Laws of kernels and memory.</summary>
    public static IReadOnlyList<(string Name, Action<Subject> Run)> OfPlans { get; } = [("nothing lies on what is needed still", s => Verifier.Check(s.Plan))];
}
