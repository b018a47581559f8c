using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using OptDsl.Compiler;

namespace OptDsl.Scripting;

/// <summary>Compiled models by text: in memory while anyone uses them, and on disk across runs.</summary>
internal static class CompiledModels
{
    const string ClassName = "CompiledModel";

    static readonly ConcurrentDictionary<string, WeakReference<CompiledModel>> loaded = new();

    public static string Source(Model model, Precision precision) =>
        ModelCompiler.Emit(model, new ClassTarget("OptDsl.Compiled", [], ClassName, "class", precision));

    [RequiresUnreferencedCode("Loads code made at run time.")]
    public static CompiledModel Get<T>(Model model)
    {
        var precision = typeof(T) == typeof(float) ? Precision.Single
            : typeof(T) == typeof(double) ? Precision.Double
            : throw new NotSupportedException($"a learner computes in float or double, not in {typeof(T).Name}");
        var key = Key(model, precision);
        if (loaded.TryGetValue(key, out var known) && known.TryGetTarget(out var compiled)) return compiled;
        compiled = DiskCache.Find(key) is { } image && CompiledModel.TryLoad(image) is { } cached ? cached : Build(key, model, precision);
        loaded[key] = new(compiled);
        return compiled;
    }

    [RequiresUnreferencedCode("Loads code made at run time.")]
    static CompiledModel Build(string key, Model model, Precision precision)
    {
        var image = RoslynHost.Compile(Source(model, precision));
        DiskCache.Add(key, image);
        return CompiledModel.TryLoad(image) ?? throw new InvalidOperationException("the compiled model does not load");
    }

    /// <summary>Everything that decides the machine code: the model, the number type, and both assemblies that shape it.</summary>
    static string Key(Model model, Precision precision)
    {
        var text = string.Join('\n', precision, ModelCompiler.Version, typeof(ModelCompiler).Module.ModuleVersionId,
            typeof(Runtime.StepProgram<>).Module.ModuleVersionId, Environment.Version, model);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
