using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests;

/// <summary>Every word of the language keeps its laws; a new one is among them as soon as it exists.</summary>
public class VocabularyTests(Xunit.Abstractions.ITestOutputHelper output)
{
    static readonly IReadOnlyDictionary<string, VocabularyWord> words = new[] { typeof(Dsl), typeof(Fluent) }.SelectMany(type => Vocabulary.Of(type).Select(w => (Name: type.Name + "." + w.Name, Word: w)))
        .GroupBy(w => w.Name).SelectMany(g => g.Select((w, i) => (Name: i == 0 ? w.Name : $"{w.Name} #{i + 1}", w.Word))).ToDictionary(w => w.Name, w => w.Word);

    public static TheoryData<string> Names => [.. words.Where(w => w.Value.Kind != WordKind.Unknown && !w.Key.StartsWith("Dsl.StopGradient", StringComparison.Ordinal)).Select(w => w.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_word_keeps_its_laws(string name)
    {
        Assert.Equal(BrokenLaws.Of(words[name].Name), BrokenLaws.Seen(() =>
        {
            var report = Vocabulary.Laws(words[name]);
            output.WriteLine(report.ToString());
            return report;
        }));
    }

    /// <summary>Who adds a word whose arguments have no usual value sees it here, and gives them one in <c>Vocabulary</c>.</summary>
    [Fact]
    public void What_has_no_laws_is_known() => Assert.Equal(
        ["Dsl.Concat(axis, parts)", "Dsl.Eye(x)", "Dsl.Gather(table, index)", "Dsl.GlobalNorm(x)", "Dsl.GlobalSum(x)", "Dsl.Hyper(name, value)", "Dsl.Indices(length)", "Dsl.Input(shape, name)", "Dsl.Input(size, name)", "Dsl.IntegerInput(name, shape)", "Dsl.OneHot(label, classes)", "Dsl.Orthonormalize(x)", "Dsl.Parameter(shape, init, name)",
            "Dsl.Parameter(start, name)", "Dsl.Parameter(start, name) #2", "Dsl.RandomNormal(x, seed)", "Dsl.RandomUniform(x, seed)", "Dsl.Size(x, axis)", "Fluent.Apply(x, f)", "Fluent.Loss(output, loss, target)", "Fluent.Named(x, name)", "Fluent.Named(x, name, f)"],
        words.Where(w => w.Value.Kind == WordKind.Unknown).Select(w => w.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void A_stopped_gradient_is_no_derivative_and_is_found() => Assert.Throws<LawException>(() => Testing.Check.Gradients(Dsl.StopGradient, [3]));
}
