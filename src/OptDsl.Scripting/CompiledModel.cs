using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using OptDsl.Runtime;

namespace OptDsl.Scripting;

/// <summary>One compiled model in a load context of its own, collected when its last learner is gone.</summary>
internal sealed class CompiledModel
{
    readonly Type type;

    CompiledModel(Type type) => this.type = type;

    /// <summary>Null where the image is damaged or was built against something else.</summary>
    [RequiresUnreferencedCode("Loads code made at run time.")]
    public static CompiledModel? TryLoad(byte[] image)
    {
        var context = new Context();
        try
        {
            var assembly = context.LoadFromStream(new MemoryStream(image));
            return new(assembly.GetType("OptDsl.Compiled.CompiledModel", throwOnError: true)!);
        }
        catch (Exception fault) when (fault is BadImageFormatException or TypeLoadException or FileNotFoundException or FileLoadException)
        {
            context.Unload();
            return null;
        }
    }

    [RequiresUnreferencedCode("Loads code made at run time.")]
    public ILearner<T> Create<T>(long seed, int maxBatch, int threads, VectorWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return (ILearner<T>)Activator.CreateInstance(type, seed, maxBatch, threads, width)!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            throw;
        }
    }

    /// <summary>Shares this program's runtime, so that its learners are the caller's learners.</summary>
    sealed class Context() : AssemblyLoadContext("OptDsl model", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) =>
            name.Name == typeof(StepProgram<>).Assembly.GetName().Name ? typeof(StepProgram<>).Assembly
            : name.Name == typeof(System.Numerics.Tensors.Tensor).Assembly.GetName().Name ? typeof(System.Numerics.Tensors.Tensor).Assembly
            : null;
    }
}
