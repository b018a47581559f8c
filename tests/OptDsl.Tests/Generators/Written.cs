using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OptDsl.Tests;

/// <summary>C# text as the compiler sees it.</summary>
static class Written
{
    static readonly CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>Everything that the compiler says of these files, warnings too.</summary>
    public static IReadOnlyList<Diagnostic> Diagnostics(params IEnumerable<string> files) => Compilation(files).GetDiagnostics();

    /// <summary>The models of declarations that end in <c>Model model = …;</c></summary>
    public static IReadOnlyList<Model> Models(IReadOnlyList<string> declarations)
    {
        var methods = declarations.Select((d, i) => $"    public static Model Model{i}()\n    {{\n{d}        return model;\n    }}\n");
        var compilation = Compilation(["using OptDsl; using static OptDsl.Dsl;\npublic static class Declarations\n{\n" + string.Concat(methods) + "}\n"]);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success) throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)) + "\n" + compilation.SyntaxTrees[0]);
        image.Position = 0;
        var type = AssemblyLoadContext.Default.LoadFromStream(image).GetType("Declarations", throwOnError: true)!;
        return [.. declarations.Select((_, i) => (Model)type.GetMethod("Model" + i, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!)];
    }

    static CSharpCompilation Compilation(IEnumerable<string> files) => CSharpCompilation.Create(
        "Written" + Guid.NewGuid().ToString("N"),
        files.Select((text, i) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose), $"{i}.cs")),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsReferenced).Select(path => MetadataReference.CreateFromFile(path)),
        options);

    /// <summary>The framework and the libraries, not the tests.</summary>
    static bool IsReferenced(string path) => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "OptDsl.dll" or "OptDsl.Runtime.dll" or "netstandard.dll");
}
