using System.Reflection;
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

    static readonly string[] lawless =
        ["Dsl.Concat(axis, parts)", "Dsl.Eye(x)", "Dsl.Gather(table, index)", "Dsl.GlobalNorm(x)", "Dsl.GlobalSum(x)", "Dsl.Hyper(name, value)", "Dsl.Indices(length)", "Dsl.Input(shape, name)", "Dsl.Input(size, name)", "Dsl.IntegerInput(name, shape)", "Dsl.OneHot(label, classes)", "Dsl.Orthonormalize(x)", "Dsl.Parameter(shape, init, name)",
            "Dsl.Parameter(start, name)", "Dsl.Parameter(start, name) #2", "Dsl.RandomNormal(x, seed)", "Dsl.RandomUniform(x, seed)", "Dsl.Size(x, axis)", "Dsl.Untrained(shape, init, name, next)", "Fluent.Apply(x, f)", "Fluent.Loss(output, loss, target)", "Fluent.Named(x, name)", "Fluent.Named(x, name, f)"];

    /// <summary>Who adds a word whose arguments have no usual value, or that throws whatever it is given, sees it here.</summary>
    [Fact]
    public void What_has_no_laws_is_known()
    {
        Assert.Equal([], words.Where(w => w.Value.Kind == WordKind.Unknown && !lawless.Contains(w.Key)).Select(w => $"{w.Key} has no laws: {w.Value.Note}"));
        Assert.Equal([], lawless.Where(name => words[name].Kind != WordKind.Unknown));
    }

    /// <summary>A word that is a function of <c>Dsl</c> and a method of <c>Fluent</c> means one thing.</summary>
    [Fact]
    public void Both_spellings_of_a_word_are_one_expression()
    {
        var x = Dsl.Input([3, 4], "x") + Dsl.Parameter([3, 4], name: "w");
        var both = from one in typeof(Dsl).GetMethods() from other in typeof(Fluent).GetMethods() where one.Name == other.Name && Types(one).SequenceEqual([typeof(Expr)]) && Types(other).SequenceEqual([typeof(Expr)]) select (one, other);
        Assert.True(both.Count() > 10);
        Assert.All(both, b => Assert.Equal(Text(b.one), Text(b.other)));

        static IEnumerable<Type> Types(MethodInfo method) => method.GetParameters().Select(p => p.ParameterType);
        string Text(MethodInfo method) => Vocabulary.Call(method, [x]).ToString()!;
    }

    [Fact]
    public void A_stopped_gradient_is_no_derivative_and_is_found() => Assert.Throws<LawException>(() => Testing.Check.Gradients(Dsl.StopGradient, [3]));
}
