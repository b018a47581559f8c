extern alias language;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OptDsl.Generators.Tests;

/// <summary>Compilations of declarations, as a user's project would have them.</summary>
static class Compilations
{
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq;
        global using OptDsl; global using static OptDsl.Dsl;
        """;

    public static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview);

    /// <summary>The library that users reference.</summary>
    public static PortableExecutableReference Language { get; } = MetadataReference.CreateFromFile(typeof(language::OptDsl.Expr).Assembly.Location);

    static readonly MetadataReference[] references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Select(p => MetadataReference.CreateFromFile(p)),
        Language,
        MetadataReference.CreateFromFile(typeof(ILearner<float>).Assembly.Location),
    ];

    public static CSharpCompilation Of(params string[] sources) => Of(sources, OptimizationLevel.Release);

    public static CSharpCompilation Of(string[] sources, params Library[] libraries) => Of(sources, OptimizationLevel.Release, [.. libraries.Select(l => l.Reference)]);

    public static CSharpCompilation Of(string[] sources, OptimizationLevel optimization, params MetadataReference[] more) => CSharpCompilation.Create(
        "Declarations",
        [.. sources.Prepend(Usings).Select((s, i) => CSharpSyntaxTree.ParseText(s, Parse, path: $"/src/File{i}.cs"))],
        [.. references, .. more],
        new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    public static IEnumerable<Diagnostic> Errors(this Compilation compilation) => compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
}
