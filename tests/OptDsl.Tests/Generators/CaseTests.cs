using FsCheck.Fluent;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>Random declarations: what they print is what they are, they cover the language, and they shrink to little.</summary>
public class CaseTests
{
    static IReadOnlyList<ModelCase> Sample(int count) => [.. Enumerable.Range(0, count).Select(seed => ModelCase.Random(new(seed), seed % 100, new()))];

    [Fact]
    public void The_printed_declaration_compiles_to_the_same_model()
    {
        var cases = Sample(60);
        var written = Written.Models([.. cases.Select(c => c.ToString())]);
        for (var i = 0; i < cases.Count; i++) Assert.Equal(cases[i].Model.ToString(), written[i].ToString());
    }

    [Fact]
    public void A_case_follows_from_its_number() => Assert.Equal(Sample(30).Select(c => c.ToString()), Sample(30).Select(c => c.ToString()));

    /// <summary>But Fold, which few shapes fit: the derivative of Unfold is one.</summary>
    [Fact]
    public void Every_word_occurs()
    {
        var text = string.Concat(Sample(3000));
        var words = Words.Layers.Concat(Words.Windows).Concat(Words.Smooth).Concat(Words.Kinked).Concat(Words.Rows).Concat(Words.Shapes).Concat(Words.Picks).Concat(Words.Pairs).Concat(FoundWords.Methods.Where(w => !w.Format.Contains("Fold("))).Concat(FoundWords.Losses).Concat(Words.Losses).Concat(Words.Penalties)
            .Append(Words.Product).Append(Words.Back).Append(Words.Matrix).Append(Words.Image).Append(Words.Scalar).Append(Words.Integer).Append(Words.Cube).Append(Words.Constant)
            .Concat(RuleWords.Unary).Concat(RuleWords.Binary).Concat(RuleWords.Schedules).Select(w => w.Format)
            .Concat(KnownRule.All.Select(r => r.Format)).Concat(OnlyCase.Conditions.Select(c => $".Only({c.Text})")).Append("init: p => ").Append("(g, m, v, a, b) =>");
        Assert.All(words, word => Assert.Contains(text.Split('\n'), line => Pieces(word).All(line.Contains)));
    }

    static IEnumerable<string> Pieces(string format) => format.Split(["{0}", "{1}", "{a}", "{b}", "{c}"], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Runs_have_partial_batches_and_all_settings()
    {
        var runs = Enumerable.Range(0, 300).Select(seed => RunCase.Random(new(seed), seed % 100, new())).ToList();
        Assert.Contains(runs, r => r.Examples.Any(n => n < r.MaxBatch) && r.Examples.Contains(r.MaxBatch));
        Assert.Equal(4, runs.Select(r => r.Width).Distinct().Count());
        Assert.Equal(3, runs.Select(r => r.Threads).Distinct().Count());
        Assert.Equal(2, runs.Select(r => r.Precision).Distinct().Count());
        Assert.Contains(runs, r => r.Declaration.Model.Naming.Inputs.Count == 0);
        Assert.Contains(runs, r => r.Declaration.Model.Naming.Inputs.Count > 3);
        Assert.Contains(runs, r => r.Declaration.Model.Naming.Outputs.Count > 1);
        Assert.Contains(runs, r => r.Declaration.Model.Parameters.Any(p => p.Shape.Dims.Any(d => d >= 64)));
    }

    /// <summary>A planted fault: whatever case has a softmax after a dense layer of more than 15 units.</summary>
    [Fact]
    public void A_planted_fault_shrinks_to_the_lines_that_show_it()
    {
        static bool IsWrong(ModelCase c) => c.Network.Text.Lines.Contains("Softmax") && c.Model.Parameters.Any(p => p.Shape.Dims.Any(d => d > 15));
        for (var seed = 0; seed < 40; seed++)
        {
            var at = ModelCase.Random(new(seed), 99, new(HasFound: false));
            if (!IsWrong(at)) continue;
            while (at.Shrink().FirstOrDefault(IsWrong) is { } smaller) at = smaller;
            Assert.InRange(at.ToString().Split('\n').Length, 1, 7);
            Assert.Contains("Sgd(1.0)", at.ToString());
            Assert.All(at.Model.Parameters, p => Assert.InRange(p.Shape.Size, 1, 32));
        }
    }
}
