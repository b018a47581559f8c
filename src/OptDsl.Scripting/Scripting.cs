using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Scripting;

namespace OptDsl;

/// <summary>The run-time door: a model becomes a learner in a running program or an F# script.</summary>
public static class ModelExtensions
{
    const string WhyDynamic = "Compile() writes and loads code at run time; in an ahead-of-time compiled program put [Compile] on the declaration instead.";

    /// <summary>The learner of a model in single precision: the code that the generator would have written, compiled now and cached on disk.</summary>
    /// <param name="model">The declaration.</param>
    /// <param name="seed">Of the parameters' first values; random numbers of the model have seeds of their own.</param>
    /// <param name="maxBatch">The most examples of one call; all memory is reserved for it.</param>
    /// <param name="threads">How many threads a step may use.</param>
    /// <param name="width">The vector width; the bits are the same at each.</param>
    /// <exception cref="OptDslException">The model cannot be compiled.</exception>
    [RequiresDynamicCode(WhyDynamic)]
    [RequiresUnreferencedCode(WhyDynamic)]
    public static ILearner<float> Compile(this Model model, long seed = 0, int maxBatch = 64, int threads = 1, VectorWidth width = VectorWidth.Auto) =>
        model.Compile<float>(seed, maxBatch, threads, width);

    /// <summary>The learner of a model, in float or double.</summary>
    /// <inheritdoc cref="Compile(Model, long, int, int, VectorWidth)"/>
    [RequiresDynamicCode(WhyDynamic)]
    [RequiresUnreferencedCode(WhyDynamic)]
    public static ILearner<T> Compile<T>(this Model model, long seed = 0, int maxBatch = 64, int threads = 1, VectorWidth width = VectorWidth.Auto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        CompiledModels.Get<T>(model).Create<T>(seed, maxBatch, threads, width);

    /// <summary>The C# that is compiled: what the generator writes for the same declaration.</summary>
    public static string Source(this Model model, Precision precision = Precision.Single) => CompiledModels.Source(model, precision);

    /// <summary>Every stage of the compilation as text: the declaration, the graph after each pass, the kernels of each method, the places in memory.</summary>
    public static string Stages(this Model model) => string.Concat(ModelCompiler.Stages(model).Select(s => $"== {s.Name}\n{s.Text}\n"));
}
