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

    [Fact]
    public void The_corpus_has_40_declarations() =>
        Assert.True(Corpus.Files.Sum(f => Corpus.Source(f).Split("[Compile").Length - 1) >= 40);
}
