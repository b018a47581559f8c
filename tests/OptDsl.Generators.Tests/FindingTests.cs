using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>What the language finds in a valid model: a warning at the code that it is about, and the learner beside it.</summary>
public class FindingTests
{
    [Fact]
    public void Softmax_twice() => Expect.WarningIn("OPT0201", """
        return Input(784)
            .Dense(10)
            .[|Softmax()|]
            .Loss(SoftmaxCrossEntropy).Minimize(Adam(0.001));
        """, "the output is already a softmax of dense [10]; leave out Softmax");

    [Fact]
    public void A_sigmoid_in_a_function_of_the_user() => Expect.Warning("OPT0201", """
        static class Layers
        {
            public static Expr Probability(this Expr x) => [|Sigmoid(x.Dense(1))|];
        }

        partial class Net
        {
            [Compile]
            static Model Model => Input(4).Probability().Loss(SigmoidCrossEntropy).Minimize(Sgd(0.1));
        }
        """);

    [Fact]
    public void Dropout_on_logits() => Expect.WarningIn("OPT0207", """
        return Input(784).Dense(10).[|Dropout(0.5)|].Loss(SoftmaxCrossEntropy).Minimize(Adam(0.001));
        """, "the loss takes dense [10] after Dropout", "drop what comes before the last layer");

    [Fact]
    public void Hidden_weights_of_zero() => Expect.WarningIn("OPT0202", """
        return Input(4).[|Dense(8, weights: Init.Zero)|].Relu().Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        """, "'dense1.weights' [4, 8] starts at 0 before a relu");

    [Fact]
    public void He_before_tanh() => Expect.WarningIn("OPT0203", """
        return Input(4).[|Dense(8, Init.He)|].Tanh().Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        """, "'dense1.weights' [4, 8] starts as Init.He, which is for relu, but tanh follows; start it with Init.Glorot");

    [Fact]
    public void Decay_before_Adam() => Expect.WarningIn("OPT0204", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize([|AddDecayedWeights(0.01)|].Only(p => p.Rank > 1).Then(Adam(0.001)));
        """, "the decay of 'dense1.weights' is added to its gradient", "in the slots m, v", "AdamW");

    [Fact]
    public void Decay_in_an_equation_of_the_user() => Expect.WarningIn("OPT0204", """
        var decayed = Rule.Of(g => [|g + 0.01 * Param|]);
        return Input(4).Dense(1).Loss(SquaredError).Minimize(decayed.Then(Adam(0.001)));
        """);

    [Fact]
    public void A_chain_of_sigmoids() => Expect.WarningIn("OPT0205", """
        var x = Input(8);
        for (var i = 0; i < 13; i++) x = x.Dense(8, Init.Glorot).[|Sigmoid()|];
        return x.Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        """, "the gradient of 'dense1.weights' [8, 8] passes 13 sigmoids", "at most 2^-26 arrives");

    [Fact]
    public void A_threshold_without_gradient() => Expect.WarningIn("OPT0206", """
        var threshold = [|Parameter(0.5, "threshold")|];
        return Where(Greater(Input(4), threshold), 1, 0).Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        """, "'threshold' [] is not trained: the loss depends on it only through a truth value");

    [Fact]
    public void In_exported_source_it_is_shown_at_the_call() => Expect.Warning([Library.Of("Shared", """
        [Export]
        public static class Parts
        {
            public static Expr Wide(this Expr x) => x.Dense(8, Init.He).Tanh();
        }
        """)], "OPT0203", """
        partial class Net
        {
            [Compile]
            static Model Model => Input(4).[|Wide()|].Dense(1).Loss(SquaredError).Minimize(Sgd(0.1));
        }
        """);

    const string Twice = """
        partial class Net
        {
            [Compile]
            internal static Model Model => Input(4).Dense(3).Softmax().Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        }
        """;

    [Fact]
    public void One_model_in_two_classes_is_told_once() => Assert.Single(Generated.Of(Twice + """
        partial class InDouble
        {
            [Compile(Precision = Precision.Double)]
            static Model Model => Net.Model;
        }
        """).Problems);

    [Fact]
    public void Where_it_is_meant_a_pragma_says_so_and_the_learner_is_the_same()
    {
        var told = Generated.Of(Twice);
        Assert.False(Assert.Single(told.Diagnostics).IsSuppressed);
        foreach (var quiet in new[] { "#pragma warning disable OPT0201\n" + Twice, Twice.Replace("static Model Model", "\n#pragma warning disable OPT0201\nstatic Model Model") })
        {
            var generated = Generated.Of(quiet);
            Assert.True(Assert.Single(generated.Diagnostics).IsSuppressed);
            Assert.Equal(Assert.Single(told.Sources).SourceText.ToString(), Assert.Single(generated.Sources).SourceText.ToString());
            Assert.Empty(generated.Whole.Errors());
        }
    }

    [Fact]
    public void The_options_of_the_project_decide_what_a_warning_is()
    {
        var compilation = Compilations.Of(Twice);
        IEnumerable<DiagnosticSeverity> Told(ReportDiagnostic report) => CSharpGeneratorDriver.Create(new ModelGenerator())
            .RunGenerators(compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("OPT0201", report)])))
            .GetRunResult().Diagnostics.Select(d => d.Severity);
        Assert.Empty(Told(ReportDiagnostic.Suppress));
        Assert.Equal([DiagnosticSeverity.Error], Told(ReportDiagnostic.Error));
    }

    [Fact]
    public void A_memory_budget_under_a_norm_of_all_gradients() => Expect.Warning("OPT0018", """
        partial class Net
        {
            [Compile]
            static Model [|Model|] => Input(40).Dense(50).Loss(SquaredError).Minimize(ClipByGlobalNorm(1).Then(Adam(0.001))).MemoryBudget(bytes: 1000, examples: 4);
        }
        """, "a step of 4 examples needs", "the gradient of 'dense1.weights' stays in memory", "as a norm does");

    [Fact]
    public void A_memory_budget_that_is_kept_is_no_warning()
    {
        var generated = Generated.Of("""
            partial class Net
            {
                [Compile]
                static Model Model => Input(40).Dense(50).Loss(SquaredError).Minimize(Adam(0.001)).MemoryBudget(bytes: 4000, examples: 4);
            }
            """);
        Assert.Empty(generated.Diagnostics);
        Assert.Contains("product and update dense1.weights", generated.Sources[0].SourceText.ToString());
    }
}
