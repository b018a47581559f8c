using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Scripting;

namespace OptDsl.Tests;

/// <summary>Many models in one compilation, so that the compiler starts once; collected when disposed.</summary>
sealed class Emitted : IDisposable
{
    readonly Context context = new();
    readonly Assembly assembly;

    /// <summary>The classes of these models, in order.</summary>
    public Emitted(IReadOnlyList<(Model Model, Precision Precision)> models)
    {
        var image = RoslynHost.Compile([.. models.Select((m, i) => ModelCompiler.Emit(m.Model, new ClassTarget(null, [], "Model" + i, "class", m.Precision)))]);
        assembly = context.LoadFromStream(new MemoryStream(image));
    }

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
sealed record Settings(int Seed = 0, int MaxBatch = 16, int Threads = 1, VectorWidth Width = VectorWidth.Auto);
