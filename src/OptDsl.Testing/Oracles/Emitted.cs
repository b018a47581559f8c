using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Scripting;

namespace OptDsl.Testing;

/// <summary>Many models in one compilation, so that the compiler starts once; collected when disposed.</summary>
internal sealed class Emitted : IDisposable
{
    readonly Context context;
    readonly Assembly assembly;

    /// <summary>These texts as classes <c>Model0</c>, <c>Model1</c>, ….</summary>
    /// <param name="texts">What was emitted.</param>
    /// <param name="stays">Never collected: the JIT compiles collectible code always fully, other code only as far as it is worth.</param>
    /// <param name="others">Assemblies that the texts call besides the runtime.</param>
    public Emitted(IReadOnlyList<string> texts, bool stays = false, params Assembly[] others)
    {
        context = new(!stays);
        assembly = context.LoadFromStream(new MemoryStream(RoslynHost.Compile([.. texts], [.. others.Select(o => o.Location)])));
    }

    /// <summary>The classes of these models, in order.</summary>
    public Emitted(IReadOnlyList<(Model Model, Precision Precision)> models) : this([.. models.Select((m, i) => Text(m.Model, m.Precision, i))])
    {
    }

    /// <summary>What is emitted for a model, as the class of this number.</summary>
    public static string Text(Model model, Precision precision, int index) =>
        ModelCompiler.Emit(model, new ClassTarget(null, [], "Model" + index, "class", precision));

    /// <summary>A learner of one of them.</summary>
    public ILearner<T> Create<T>(int index, Settings with) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (ILearner<T>)Activator.CreateInstance(Class("Model" + index), (long)with.Seed, with.MaxBatch, with.Threads, with.Width)!;

    /// <summary>A class by its full name.</summary>
    public Type Class(string name) => assembly.GetType(name, throwOnError: true)!;

    public void Dispose()
    {
        if (context.IsCollectible) context.Unload();
    }

    sealed class Context(bool isCollectible) : AssemblyLoadContext(isCollectible)
    {
        protected override Assembly? Load(AssemblyName name) => Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name.Name);
    }
}

/// <summary>What a learner is made with.</summary>
internal sealed record Settings(int Seed = 0, int MaxBatch = 16, int Threads = 1, VectorWidth Width = VectorWidth.Auto);
