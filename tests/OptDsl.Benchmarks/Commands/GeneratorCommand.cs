extern alias generators;

using System.Diagnostics;
using generators::OptDsl.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Times the generator, warm, on networks of more and more layers: from a declaration that has changed to the text of its learner.</summary>
static class GeneratorCommand
{
    const int Rounds = 15;

    static readonly int[] layers = [25, 50, 100, 200];

    public static int Run()
    {
        // The JIT optimises what ran often, which a build server has done long ago.
        for (var warm = 0; warm < 20 * Rounds; warm++) Milliseconds(layers[warm % 3], round: 0);
        var table = new Table().AddColumns("layers", "ms", "ms per layer", "KiB of text", "KiB per layer");
        foreach (var count in layers)
        {
            var rounds = Enumerable.Range(1, Rounds).Select(round => Milliseconds(count, round)).ToList();
            double ms = Statistics.Median(rounds.Select(r => r.Milliseconds)), size = rounds[0].Characters / 1024.0;
            table.AddRow($"{count}", Statistics.Spread([.. rounds.Select(r => r.Milliseconds)]), Statistics.Text(ms / count), Statistics.Text(size), Statistics.Text(size / count));
        }
        AnsiConsole.Write(table);
        return 0;
    }

    /// <summary>Each round declares another rate, so that nothing is known from before.</summary>
    static (double Milliseconds, int Characters) Milliseconds(int layers, int round)
    {
        var source = $$"""
            using OptDsl; using static OptDsl.Dsl;
            sealed partial class Deep
            {
                [Compile]
                static Model Model
                {
                    get
                    {
                        Expr x = Input(64);
                        for (var i = 0; i < {{layers}}; i++) x = x.Dense(64).Tanh();
                        return x.Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Adam(lr: 1e-3 + {{round}}e-6));
                    }
                }
            }
            """;
        var parse = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create("Declarations", [CSharpSyntaxTree.ParseText(source, parse)], References.Value, new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        if (compilation.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error) throw new InvalidOperationException(error.ToString());
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: parse);
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var result = driver.GetRunResult();
        if (result.Diagnostics.Length > 0) throw new InvalidOperationException(result.Diagnostics[0].ToString());
        return (time, result.GeneratedTrees.Sum(t => t.Length));
    }

    static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "OptDsl.dll" or "OptDsl.Runtime.dll"))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ]);
}
