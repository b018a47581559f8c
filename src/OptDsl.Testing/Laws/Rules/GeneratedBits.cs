using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>Laws of the code that is generated for a rule.</summary>
internal static class GeneratedBits
{
    /// <summary>Around the ends of vectors and lanes.</summary>
    static readonly int[] sizes = [1, 15, 16, 17, 33];

    const string Law = "generated code has the interpreter's bits";

    public static Verdict Run(RuleBench bench) => Compare([.. Models(bench)], $"{sizes.Length} sizes, float and double, 3 steps");

    public static Verdict OfModel(Model model) => Compare([model], "float and double, 3 steps");

    static Verdict Compare(IReadOnlyList<Model> models, string note)
    {
        using var emitted = new Emitted([.. models.SelectMany(m => new[] { (m, Precision.Single), (m, Precision.Double) })]);
        for (var i = 0; i < models.Count; i++)
        {
            using var single = emitted.Create<float>(2 * i, new(i, 4));
            using var wide = emitted.Create<double>(2 * i + 1, new(i, 4));
            try
            {
                SameBits.Check<float, Real32>(single, models[i], [4, 1, 3], i);
                SameBits.Check<double, Real64>(wide, models[i], [4, 1, 3], i);
            }
            catch (MismatchException fault)
            {
                throw new LawException($"{fault.Message}\n{Declaration.Of(models[i])}", null, fault, null);
            }
        }
        return Verdict.Holds(Law, note);
    }

    public static Verdict Resumes(RuleBench bench)
    {
        const string law = "stopped, saved and loaded it goes on the same";
        var model = Models(bench).Last();
        using var emitted = new Emitted([(model, Precision.Single)]);
        using ILearner<float> whole = emitted.Create<float>(0, new(1)), first = emitted.Create<float>(0, new(1)), second = emitted.Create<float>(0, new(2));
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            for (var step = 0; step < 6; step++)
            {
                var batch = Batch(model, step);
                whole.Learn(batch);
                if (step == 3)
                {
                    first.Save(path);
                    second.Load(path);
                }
                (step < 3 ? first : second).Learn(batch);
            }
        }
        catch (NonFiniteLossException)
        {
            return new(law, Outcome.DoesNotApply, $"its steps lead to a loss that is no number after {whole.Steps}");
        }
        finally
        {
            File.Delete(path);
        }
        foreach (var tensor in whole.Parameters.Concat(whole.Slots))
            if (!tensor.ToArray().SequenceEqual(second[tensor.Name].ToArray())) throw new LawException($"{tensor.Name} differs after 3 steps, a checkpoint and 3 more", null, null, null);
        return Verdict.Holds(law, "3 + 3 steps");
    }

    static Batch Batch(Model model, int step) => new RandomData(model, Compiler.ModelCompiler.Optimize(model), 1, step).Batch(Precision.Single);

    static IEnumerable<Model> Models(RuleBench bench) => bench.Shape.Rank == 1
        ? sizes.Select(n => new RuleBench(bench.Rule, new(n)).Model)
        : sizes.Select(n => new RuleBench(bench.Rule, new(3, n)).Model);
}
