using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Evaluating a declaration gives what running it gives.</summary>
public class CorpusTests
{
    public static TheoryData<string> Files => [.. Corpus.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Evaluated_is_executed(string file)
    {
        var generated = Generated.Of(Corpus.Source(file));
        Assert.Empty(generated.Problems);
        var executed = Executed.Models(generated.Compilation);
        foreach (var (name, text) in executed) Assert.Equal($"{name}\n{text}", $"{name}\n{generated.Models.GetValueOrDefault(name, "not evaluated")}");
        Assert.Equal(executed.Count, generated.Sources.Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_compiles_without_a_warning(string file)
    {
        var generated = Generated.Of(Corpus.Source(file));
        var trees = generated.Sources.Select(s => CSharpSyntaxTree.ParseText(s.SourceText, Compilations.Parse, s.HintName)).ToArray();
        var whole = generated.Compilation.AddSyntaxTrees(trees);
        Assert.Empty(whole.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && trees.Contains(d.Location.SourceTree)));
        Assert.Empty(whole.Errors());
    }

    /// <summary>
    /// What the declarations that have a twin in F# mean: OptDsl.Laws compares with the same file. It is written anew by running the
    /// tests with OPTDSL_BASELINES=write.
    /// </summary>
    [Theory]
    [InlineData("Networks")]
    [InlineData("Rules")]
    public void The_meaning_is_recorded(string file)
    {
        var models = Generated.Of(Corpus.Source(file + ".cs")).Models;
        var text = string.Concat(models.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"== {m.Key}\n{m.Value}"));
        if (Environment.GetEnvironmentVariable("OPTDSL_BASELINES") == "write") Corpus.Record(file + ".txt", text);
        Assert.Equal(Corpus.Source(file + ".txt").ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void The_corpus_has_40_declarations() =>
        Assert.True(Corpus.Files.Sum(f => Corpus.Source(f).Split("[Compile").Length - 1) >= 40);
}
