using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OptDsl.Scripting;

/// <summary>
/// Where the C# compiler comes from. The SDK's is compiled ahead of time and starts twice as fast as the package's, so it is
/// preferred: this assembly is loaded once more beside it, and asked through reflection.
/// </summary>
internal static class RoslynHost
{
    static readonly Lazy<Func<string[], string[], byte[]>> compile = new(Find);

    [RequiresUnreferencedCode("Loads the C# compiler.")]
    public static byte[] Compile(params string[] sources) => Compile(sources, []);

    /// <summary>Sources that call other assemblies too, besides the framework and the runtime.</summary>
    [RequiresUnreferencedCode("Loads the C# compiler.")]
    public static byte[] Compile(string[] sources, string[] others) => compile.Value(sources, [.. References(), .. others]);

    /// <summary>The framework, and the runtime that generated code calls.</summary>
    static string[] References()
    {
        var needed = new HashSet<string>(["System.Private.CoreLib", "System.Runtime", "System.Runtime.Intrinsics", "System.Memory", "System.Collections"]);
        var platform = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => needed.Contains(Path.GetFileNameWithoutExtension(path)));
        return [.. platform, typeof(Runtime.StepProgram<>).Assembly.Location, typeof(System.Numerics.Tensors.Tensor).Assembly.Location];
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Compile() itself asks for unreferenced code.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Compile() itself asks for unreferenced code.")]
    static Func<string[], string[], byte[]> Find()
    {
        if (SdkFolder() is not { } folder) return Roslyn.Compile;
        try
        {
            var context = new Context(folder);
            var twin = context.LoadFromAssemblyPath(typeof(RoslynHost).Assembly.Location);
            var method = twin.GetType(typeof(Roslyn).FullName!, throwOnError: true)!.GetMethod(nameof(Roslyn.Compile), BindingFlags.Public | BindingFlags.Static)!;
            return method.CreateDelegate<Func<string[], string[], byte[]>>();
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException or TypeLoadException)
        {
            return Roslyn.Compile;
        }
    }

    /// <summary>The newest SDK of this runtime's major version, beside the running framework.</summary>
    static string? SdkFolder()
    {
        var sdks = new DirectoryInfo(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk"));
        if (!sdks.Exists || typeof(RoslynHost).Assembly.Location.Length == 0) return null;
        return sdks.GetDirectories(Environment.Version.Major + ".*")
            .Where(d => Version.TryParse(d.Name, out _))
            .OrderByDescending(d => Version.Parse(d.Name))
            .Select(d => Path.Combine(d.FullName, "Roslyn", "bincore"))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "Microsoft.CodeAnalysis.CSharp.dll")));
    }

    sealed class Context(string folder) : AssemblyLoadContext("OptDsl C# compiler")
    {
        protected override Assembly? Load(AssemblyName name)
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
