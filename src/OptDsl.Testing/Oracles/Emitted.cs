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
    readonly Context context = new();
    readonly Assembly assembly;

    /// <summary>These texts as classes <c>Model0</c>, <c>Model1</c>, ….</summary>
    public Emitted(IReadOnlyList<string> texts) => assembly = context.LoadFromStream(new MemoryStream(RoslynHost.Compile([.. texts])));

    /// <summary>The classes of these models, in order.</summary>
    public Emitted(IReadOnlyList<(Model Model, Precision Precision)> models) : this([.. models.Select((m, i) => Text(m.Model, m.Precision, i))])
    {
    }

    /// <summary>What is emitted for a model, as the class of this number.</summary>
    public static string Text(Model model, Precision precision, int index) =>
        ModelCompiler.Emit(model, new ClassTarget(null, [], "Model" + index, "class", precision));

    /// <summary>A learner of one of them.</summary>
    public ILearner<T> Create<T>(int index, Settings with) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (ILearner<T>)Activator.CreateInstance(assembly.GetType("Model" + index, throwOnError: true)!, (long)with.Seed, with.MaxBatch, with.Threads, with.Width)!;

    public void Dispose() => context.Unload();

    sealed class Context() : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) => Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name.Name);
    }
}

/// <summary>What a learner is made with.</summary>
internal sealed record Settings(int Seed = 0, int MaxBatch = 16, int Threads = 1, VectorWidth Width = VectorWidth.Auto);
