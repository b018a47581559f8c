using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Compiler;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What the generator makes of sources. Every run is repeated after an unrelated edit, and must then be cached.</summary>
sealed record Generated(CSharpCompilation Compilation, ImmutableArray<GeneratedSourceResult> Files, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What the project exports; empty if nothing.</summary>
    public string Exported => Files.FirstOrDefault(f => f.HintName == ExportWriter.HintName).SourceText?.ToString() ?? "";

    /// <summary>The learners.</summary>
    public ImmutableArray<GeneratedSourceResult> Sources { get; } = [.. Files.Where(f => f.HintName != ExportWriter.HintName && !StandInWriter.Wrote(f.SourceText.ToString()))];

    /// <summary>The compilation with all that was written, learners and what stands in for them.</summary>
    public CSharpCompilation Whole => Compilation.AddSyntaxTrees(Files.Select(f => CSharpSyntaxTree.ParseText(f.SourceText, Parse(Compilation), f.HintName)));

    /// <summary>The canonical texts of the evaluated models, by the name of their class.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    /// <summary>Diagnostics as <c>OPT0101 'text under the squiggle' message</c>, notes left out.</summary>
    public IEnumerable<string> Problems => Diagnostics.Where(d => d.Severity > DiagnosticSeverity.Info).Select(Show);

    public static string Show(Diagnostic diagnostic) =>
        $"{diagnostic.Id} '{diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}' {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    public static Generated Of(params string[] sources) => Of(Compilations.Of(sources));

    public static Generated Of(CSharpCompilation compilation)
    {
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Parse(compilation), driverOptions: options);
        driver = driver.RunGenerators(compilation);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);

        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { int edit; }", Parse(compilation), path: "/src/Unrelated.cs"));
        DemandCached(driver.RunGenerators(edited).GetRunResult().Results.Single(), result.Diagnostics.IsEmpty);
        return new(compilation, result.GeneratedSources, result.Diagnostics) { Models = ModelsOf(result) };
    }

    static CSharpParseOptions Parse(CSharpCompilation compilation) => (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options ?? Compilations.Parse;

    static void DemandCached(GeneratorRunResult again, bool silent)
    {
        foreach (var (name, steps) in again.TrackedSteps)
            if (name is StepNames.Declarations or StepNames.Learners or StepNames.Exports or StepNames.Diagnostics)
                foreach (var (_, reason) in steps.SelectMany(s => s.Outputs))
                    Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name} was {reason} after an unrelated edit");
        // With nothing to report, nothing at all may run again.
        if (silent)
            foreach (var (_, reason) in again.TrackedOutputSteps.SelectMany(o => o.Value).SelectMany(s => s.Outputs)) Assert.Equal(IncrementalStepRunReason.Cached, reason);
    }

    static Dictionary<string, string> ModelsOf(GeneratorRunResult result)
    {
        var models = new Dictionary<string, string>();
        if (result.TrackedSteps.TryGetValue(StepNames.Declarations, out var steps))
            foreach (var request in steps.SelectMany(s => s.Outputs).Select(o => ((Declaration)o.Value).Request).OfType<LearnerRequest>().Where(r => r.Model is not null))
                models.TryAdd(string.Join(".", request.Class.Outer.Select(o => o.Split(' ').Last().Split('<')[0]).Append(request.Class.Name)), request.Model!.ToString());
        return models;
    }
}
