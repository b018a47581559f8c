using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OptDsl.Scripting;

/// <summary>C# text → an assembly in memory.</summary>
internal static class Roslyn
{
    public static byte[] Compile(string[] sources, string[] references)
    {
        var compilation = CSharpCompilation.Create(
            "OptDsl.Compiled",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), path: $"Model{i}.cs")),
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true, concurrentBuild: Environment.ProcessorCount > 1));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException("the emitted code does not compile; please report this:\n"
                + string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        return image.ToArray();
    }
}
