using System.Numerics;
using FsCheck;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>Generated code computes what the interpreter computes, bit for bit.</summary>
public class BitsTests
{
    /// <summary>Several cases in one compilation; a failing one is shrunk alone.</summary>
    sealed record Together(IReadOnlyList<RunCase> Runs)
    {
        public static Arbitrary<Together> Any(int count) => Cases.Of(
            (dice, size) => new Together([.. Enumerable.Range(0, count).Select(_ => RunCase.Random(dice, size, new()))]),
            t => t.Runs.Count > 1 ? t.Runs.Select(r => new Together([r])) : t.Runs[0].Shrink().Select(r => new Together([r])));

        public override string ToString() => string.Join("\n", Runs);
    }

    [Fact]
    public void Random_models_compute_what_the_interpreter_computes() => Law.Holds(Together.Any(16), t => Run(t.Runs), 8);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_wrong_once_is_right_on_every_vector(string name)
    {
        var (model, index) = (FoundCases.All[name], FoundCases.All.Keys.ToList().IndexOf(name));
        foreach (var width in new[] { VectorWidth.Bits512, VectorWidth.Scalar }) Check<float, Real32>(found.Value, 2 * index, model, new(5, 17, 1, width), [17, 4, 1]);
        foreach (var width in new[] { VectorWidth.Bits256, VectorWidth.Bits128 }) Check<double, Real64>(found.Value, 2 * index + 1, model, new(6, 17, 1, width), [1, 17, 3]);
    }

    static readonly Lazy<Emitted> found = new(() => new([.. FoundCases.All.Values.SelectMany(m => new[] { (m, Precision.Single), (m, Precision.Double) })]));

    public static TheoryData<string> Names => [.. FoundCases.All.Keys];

    static void Run(IReadOnlyList<RunCase> runs)
    {
        using var emitted = new Emitted([.. runs.Select(r => (r.Model, r.Precision))]);
        for (var i = 0; i < runs.Count; i++)
        {
            var settings = new Settings(runs[i].Seed, runs[i].MaxBatch, runs[i].Threads, runs[i].Width);
            if (runs[i].Precision == Precision.Single) Check<float, Real32>(emitted, i, runs[i].Model, settings, runs[i].Examples);
            else Check<double, Real64>(emitted, i, runs[i].Model, settings, runs[i].Examples);
        }
    }

    static void Check<T, S>(Emitted emitted, int index, Model model, Settings settings, IReadOnlyList<int> examples) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        using var learner = emitted.Create<T>(index, settings);
        SameBits.Check<T, S>(learner, model, examples, settings.Seed);
    }
}
