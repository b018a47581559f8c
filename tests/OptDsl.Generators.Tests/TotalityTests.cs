using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>
/// Half-typed and broken code: whatever stands in the editor, the generator ends soon, throws nothing, and is silent only
/// where it writes a learner or the compiler reports an error. OPTDSL_MUTATIONS asks for more than a test run's share.
/// </summary>
public class TotalityTests
{
    static readonly int mutations = int.TryParse(Environment.GetEnvironmentVariable("OPTDSL_MUTATIONS"), out var n) ? n : 300;

    static readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("OPTDSL_SEED"), out var n) ? n : 1;

    [Fact]
    public void Mutated_tokens()
    {
        var random = new Random(seed);
        string[] sources = [.. Corpus.Files.SelectMany(f => Declarations(Corpus.Source(f)))];
        var editor = new Editor();
        for (var i = 0; i < mutations; i++)
        {
            var source = sources[random.Next(sources.Length)];
            for (var edits = random.Next(1, 4); edits > 0; edits--) source = Mutate(source, sources[random.Next(sources.Length)], random);
            editor.Type(source);
        }
    }

    /// <summary>Whatever an assembly says that it exports.</summary>
    [Fact]
    public void Mutated_exports()
    {
        const string Source = """
            public static class Layers
            {
                [Export] public static Expr Wide(this Expr x, int units = 4) { for (var i = 0; i < 3; i++) x = Step(x, new Size(units)); return x; }
                static Expr Step(Expr x, Size size) => Tanh(x.Dense(size.Units)) * Gains.Sum(g => g.Of(2));
                static readonly Size[] Gains = [new(2), new(3)];
                sealed record Size(int Units) { public double Of(double x) => x * Units; }
            }
            """;
        var random = new Random(seed);
        for (var i = 0; i < mutations / 10; i++)
        {
            var text = "using OptDsl; using System.Linq; using static OptDsl.Dsl;" + Source;
            if (i > 0) for (var edits = random.Next(1, 4); edits > 0; edits--) text = Mutate(text, Source, random);
            var library = Library.Emitted(Compilations.Of([Source, $"[assembly: OptDsl.Exported(\"{OptDsl.Compiler.ModelCompiler.Version}\", \"preview\", \"Layers.cs\", {SymbolDisplay.FormatLiteral(text, true)})]"]).WithAssemblyName("Shared"));
            var used = Generated.Of(Compilations.Of(["partial class Net { [Compile] static Model Model => Input(3).Wide().Loss(SquaredError).Minimize(Sgd(0.1)); }"], library));
            Assert.True(used.Sources.Length == 1 ^ used.Problems.Count() == 1 && (i > 0 || used.Sources.Length == 1), $"{string.Join("\n", used.Problems)}\nfor\n{text}");
            Assert.All(used.Diagnostics, d => Assert.True(d.Id != "OPT0009" && (d.Severity == DiagnosticSeverity.Info || d.Location.SourceTree?.FilePath == "/src/File1.cs"), $"{d}\nfor\n{text}"));
        }
    }

    [Fact]
    public void Truncated_at_every_character()
    {
        var editor = new Editor();
        foreach (var source in new[] { Declarations(Corpus.Source("Networks.cs")).ElementAt(2), Declarations(Corpus.Source("Control.cs")).ElementAt(3) })
            for (var length = source.IndexOf("partial class", StringComparison.Ordinal); length <= source.Length; length++) editor.Type(source[..length]);
    }

    /// <summary>Each class of a file with a declaration, and everything around it that it may use, without the other declarations.</summary>
    static IEnumerable<string> Declarations(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, Compilations.Parse).GetCompilationUnitRoot();
        var carriers = root.Members.Where(m => m.ToString().Contains("[Compile")).ToList();
        return carriers.Select(c => root.RemoveNodes(carriers.Where(o => o != c), SyntaxRemoveOptions.KeepNoTrivia)!.ToString());
    }

    static string Mutate(string source, string other, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(source, Compilations.Parse).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).ToArray();
        if (tokens.Length == 0) return source;
        SyntaxToken a = tokens[random.Next(tokens.Length)], b = tokens[random.Next(tokens.Length)];
        switch (random.Next(7))
        {
            case 0:
                return source.Remove(a.SpanStart, a.Span.Length);
            case 1:
                return source.Insert(a.SpanStart, a.Text + " ");
            case 2:
                if (a.SpanStart > b.SpanStart) (a, b) = (b, a);
                return a == b ? source : source[..a.SpanStart] + b.Text + source[a.Span.End..b.SpanStart] + a.Text + source[b.Span.End..];
            case 3:
                return source[..a.SpanStart] + b.Text + source[a.Span.End..];
            case 4:
                var taken = other[random.Next(other.Length)..];
                return source.Insert(a.SpanStart, taken[..Math.Min(taken.Length, random.Next(30))]);
            case 5:
                string[] hostile = ["null", "default", "-1", "int.MaxValue", "\"\\0\"", "(x => x)", "new()", "this", "[]", "^1", "..", "Model", "Input(0)", "1e400", "é", "\u202e", "@event", "await ", "ref ", "params ", "default(T)", "typeof(int)", "{", "}", "(", ")", ";", "yield return 1;", "goto x;", "throw null!"];
                return source[..a.SpanStart] + hostile[random.Next(hostile.Length)] + source[a.Span.End..];
            default:
                return source[..random.Next(source.Length)];
        }
    }

    /// <summary>A driver that lives through all edits, as an editor's does.</summary>
    sealed class Editor
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: Compilations.Parse);
        CSharpCompilation compilation = Compilations.Of("");

        public void Type(string source)
        {
            var tree = compilation.SyntaxTrees[1];
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, Compilations.Parse, tree.FilePath));
            var watch = Stopwatch.StartNew();
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out var reported);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for\n{source}");
            var result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, $"{result.Exception}\nfor\n{source}");
            var internals = result.Diagnostics.Concat(reported).Where(d => d.Id is "OPT0009" or "CS8785").ToImmutableArray();
            Assert.True(internals.IsEmpty, $"{string.Join("\n", internals)}\nfor\n{source}");
            if (result.GeneratedSources.Any(s => s.HintName != ExportWriter.HintName && !OptDsl.Compiler.StandInWriter.Wrote(s.SourceText.ToString())) || result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)) return;
            // Nothing written and nothing said: the compiler must have something to say, or there is no declaration.
            Assert.True(!source.Contains("Compile") || compilation.Errors().Any() || !HasDeclaration(), $"silent about\n{source}");
        }

        bool HasDeclaration() => compilation.GetSymbolsWithName(_ => true, SymbolFilter.Member).Any(m => m.GetAttributes().Any(a => a.AttributeClass?.Name == "CompileAttribute"));
    }
}
