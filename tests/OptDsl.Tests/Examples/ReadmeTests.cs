using System.Text.RegularExpressions;
using OptDsl.Compiler;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Examples;

/// <summary>The README shows nothing that is not compiled and run: its code stands word for word in an example, or is emitted from its declaration.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void Code_is_a_region_of_an_example()
    {
        var regions = 0;
        foreach (var (mark, code) in Fences())
        {
            if (mark.Split(' ') is not [var file, var region] || !file.StartsWith("examples/", StringComparison.Ordinal)) continue;
            Assert.Equal(Region(file, region), code);
            regions++;
        }
        Assert.Equal(4, regions);
    }

    [Fact]
    public void The_first_code_is_the_declaration_of_the_first_example() =>
        Assert.Equal(Region("examples/digits.cs", "declaration"), Fences().First().Code);

    [Fact]
    public void Generated_code_is_what_the_compiler_emits()
    {
        var model = Input(784).Dense(128).Relu().Dense(10)
            .Loss(SoftmaxCrossEntropy)
            .Minimize(AdamW(lr: Warmup(500) * Cosine(2e-3, steps: 8_600, final: 1e-5)));
        var emitted = ModelCompiler.Emit(model, new ClassTarget(null, [], "Digits", "class", Precision.Single)).Replace("\n        ", "\n");
        Assert.Contains(Fences().Single(f => f.Mark == "emitted Update").Code, emitted, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fence_of_code_is_checked() =>
        Assert.All(Fences().Skip(1), fence => Assert.Matches(@"^(main|output|test|emitted Update|examples/\S+ \S+)$", fence.Mark));

    /// <summary>Each fenced block with the comment above it.</summary>
    static IEnumerable<(string Mark, string Code)> Fences()
    {
        foreach (Match match in Fence().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n")))
            yield return (match.Groups["mark"].Value, Dedented(match.Groups["code"].Value.Split('\n')));
    }

    static string Region(string file, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, file));
        var start = Array.FindIndex(lines, l => l.Trim() == $"// <{name}>");
        var end = Array.FindIndex(lines, l => l.Trim() == $"// </{name}>");
        Assert.True(start >= 0 && end > start, $"{file} has no region <{name}>");
        return Dedented(lines[(start + 1)..end]);
    }

    /// <summary>Without the margin, so that a method reads the same in a class and alone.</summary>
    static string Dedented(IReadOnlyList<string> lines) => string.Join('\n', lines.Select(l => l.TrimEnd())).Trim('\n') is var text
        ? string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : l[Math.Min(Margin(text), l.Length - l.TrimStart().Length)..])) : "";

    static int Margin(string text) => text.Split('\n').Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();

    [GeneratedRegex(@"(?:<!-- (?<mark>[^\n]*) -->\n)?```(?:\w*)\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
