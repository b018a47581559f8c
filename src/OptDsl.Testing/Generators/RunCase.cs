using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>A random declaration and how it runs: number type, vectors, threads, seed, and the examples of each step.</summary>
internal sealed record RunCase(ModelCase Declaration, Precision Precision, VectorWidth Width, int MaxBatch, IReadOnlyList<int> Examples, int Threads, int Seed)
{
    static readonly VectorWidth[] vectorWidths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    /// <summary>One run of two is under a memory budget of nothing.</summary>
    bool IsLean => Seed % 2 == 1;

    /// <summary>What runs.</summary>
    public Model Model => IsLean ? Declaration.Model.MemoryBudget(bytes: 0, MaxBatch) : Declaration.Model;

    public static FsCheck.Arbitrary<RunCase> Any(NetworkStyle? style = null) => Cases.Of((dice, size) => Random(dice, size, style ?? new()), c => c.Shrink());

    public static RunCase Random(Dice dice, int size, NetworkStyle style) => Random(dice, ModelCase.Random(dice, size, style));

    /// <summary>A declaration, run at random.</summary>
    public static RunCase Random(Dice dice, ModelCase declaration)
    {
        var maxBatch = dice.Chance(0.5) ? dice.One(1, 2, 7, 15, 16, 17, 33) : dice.Between(1, 40);
        return new(declaration, dice.One(Precision.Single, Precision.Double), dice.One<VectorWidth>(vectorWidths), maxBatch,
            [.. Enumerable.Range(0, 3).Select(_ => dice.Chance(0.4) ? maxBatch : dice.Between(1, maxBatch))], dice.Chance(0.8) ? 1 : dice.Between(2, 3), dice.Between(0, 1000));
    }

    /// <summary>The same on each of these vectors and number types.</summary>
    public IEnumerable<RunCase> Everywhere() =>
        from precision in new[] { Precision.Single, Precision.Double }
        from width in vectorWidths
        select this with { Precision = precision, Width = width };

    public IEnumerable<RunCase> Shrink()
    {
        if (Examples.Count > 1)
        {
            yield return this with { Examples = [Examples[0]] };
            yield return this with { Examples = [.. Examples.SkipLast(1)] };
        }
        if (Threads > 1) yield return this with { Threads = 1 };
        foreach (var smaller in Declaration.Shrink()) yield return this with { Declaration = smaller };
        if (Examples.Any(n => n > 1)) yield return this with { Examples = [.. Examples.Select(_ => 1)] };
        if (MaxBatch > Examples.Max()) yield return this with { MaxBatch = Examples.Max() };
        foreach (var fewer in new[] { 2, MaxBatch / 2, MaxBatch - 1 }.Where(n => n > 0 && n < MaxBatch)) yield return this with { MaxBatch = fewer, Examples = [.. Examples.Select(n => Math.Min(n, fewer))] };
        if (Width != VectorWidth.Scalar) yield return this with { Width = VectorWidth.Scalar };
    }

    public override string ToString() => Declaration
        + (IsLean ? $"model = model.MemoryBudget(bytes: 0, examples: {MaxBatch});\n" : "")
        + $"var learner = model.Compile<{(Precision == Precision.Single ? "float" : "double")}>(seed: {Seed}, maxBatch: {MaxBatch}, threads: {Threads}, width: VectorWidth.{Width});\n"
        + $"// steps of {string.Join(", ", Examples)} examples\n";
}
