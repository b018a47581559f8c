using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Mistakes that the language finds: its own words, at the innermost call of the user's that made them.</summary>
public class MistakeTests
{
    [Fact]
    public void Labels_that_are_real() => Expect.ErrorIn("OPT0103", """
        var digits = Input(784, "digits").Dense(10);
        return [|SoftmaxCrossEntropy(digits, Input(1))|].Minimize(Sgd(0.1));
        """,
        "labels must be integers, but input [1] is real; declare them with IntegerInput(\"target\")");

    [Fact]
    public void A_residual_that_does_not_fit() => Expect.ErrorIn("OPT0101", """
        var x = Input(784).Dense(128).Relu();
        var y = [|x + x.Dense(64)|];
        return y.Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        """, "add does not fit: relu of dense [128] against dense of relu of dense [64]; sizes must be equal, or 1");

    [Fact]
    public void A_rule_that_forgets_its_slot() => Expect.Error("OPT0105", """
        partial class Net
        {
            static Rule Momentum2(double mu) => Rule.[|Of((g, m) => mu * m + g)|];

            [Compile]
            static Model Model => Input(4).Dense(1).Loss(SquaredError).Minimize(Momentum2(0.9));
        }
        """, "the rule takes 1 slot but returns 0 next values; return the step and then the next value of every slot");

    [Fact]
    public void In_a_chain_the_call_that_fails() => Expect.ErrorIn("OPT0102", """
        return Input(784)
            .Dense(128)
            .[|Dense(0)|]
            .Relu()
            .Loss(SquaredError).Minimize(Sgd(0.1));
        """, "units: sizes must be at least 1, but one is 0");

    [Fact]
    public void In_a_function_of_the_user() => Expect.Error("OPT0101", """
        static class Layers
        {
            public static Expr Gated(this Expr x) => [|x * x.Dense(3)|];
        }

        partial class Net
        {
            [Compile]
            static Model Model => Input(4).Gated().Loss(SquaredError).Minimize(Sgd(0.1));
        }
        """);

    [Fact]
    public void In_a_lambda_that_the_language_calls() => Expect.ErrorIn("OPT0112", """
        var rule = Rule.Of(g => [|g.Shape|][0] * g);
        return Input(4).Dense(1).Loss(SquaredError).Minimize(rule);
        """);

    [Fact]
    public void Of_a_method_group() => Expect.ErrorIn("OPT0109", """
        return Input(4).Dense(2).Apply(Relu).[|Minimize(Sgd(0.1))|];
        """, "reduce it with .Sum() or .Mean()");

    [Fact]
    public void A_name_twice() => Expect.ErrorIn("OPT0108", """
        return Input(4, "x").Dense(2).Loss(SquaredError, "x").[|Minimize(Sgd(0.1))|];
        """, "two inputs are called 'x'; rename one, or put them in scopes with .Named(…)");

    [Fact]
    public void A_bad_name() => Expect.ErrorIn("OPT0114", """return Input(4).Dense(2).[|Named("my layer")|].Loss(SquaredError).Minimize(Sgd(0.1));""");

    [Fact]
    public void An_index_outside() => Expect.ErrorIn("OPT0102", """
        var w = Parameter(start: [1, 2]);
        return (w[0] + w[|[2]|]).Minimize(Sgd(0.1));
        """);

    [Fact]
    public void Nothing_to_train() => Expect.ErrorIn("OPT0110", "return Input(4).Loss(SquaredError).[|Minimize(Sgd(0.1))|];");

    [Fact]
    public void A_slot_of_another_shape() => Expect.ErrorIn("OPT0106", """
        var rule = Rule.Of(init: p => 0 * p.Mean(), step: (g, m) => (g, m + g));
        return Input(4).Dense(1).Loss(SquaredError).[|Minimize(rule)|];
        """);

    [Fact]
    public void A_step_of_another_shape() => Expect.ErrorIn("OPT0107", """
        var rows = Rule.Of(g => g.Sum(1)).Only(p => p.Rank > 1);
        return Input(4).Dense(3).Loss(SquaredError).[|Minimize(rows)|];
        """);

    [Fact]
    public void Integers_where_reals_are_needed() => Expect.ErrorIn("OPT0104", """
        var token = IntegerInput("token");
        return ([|token * 2.0|]).Loss(SquaredError).Minimize(Sgd(0.1));
        """);

    [Fact]
    public void A_slot_outside_a_rule() => Expect.ErrorIn("OPT0111", "return (Parameter(2.0) * Param).Sum().[|Minimize(Sgd(0.1))|];");

    [Fact]
    public void A_basis_in_the_loss() => Expect.ErrorIn("OPT0111", "return Square(Orthonormalize(Parameter([3, 2]))).Sum().[|Minimize(Sgd(0.1))|];");

    [Fact]
    public void A_basis_of_more_columns_than_rows() => Expect.ErrorIn("OPT0102", "return Square(Parameter([3, 2])).Sum().[|Minimize(Rule.Of(g => Orthonormalize(Transpose(g))))|];");

    [Fact]
    public void One_target_for_labels_and_values() => Expect.ErrorIn("OPT0113", """
        return Input(4).Dense(3).Loss((y, t) => SoftmaxCrossEntropy(y, t) + Square(y - t).Sum()).[|Minimize(Sgd(0.1))|];
        """);

    [Fact]
    public void Data_in_a_rule() => Expect.ErrorIn("OPT0115", """
        var x = Input(4);
        return x.Dense(1).Loss(SquaredError).Minimize(Rule.[|Of(g => g * x)|]);
        """);

    [Fact]
    public void More_inputs_than_a_call_takes() => Expect.ErrorIn("OPT0116", """
        var x = Enumerable.Range(0, 9).Select(i => Input(3, $"x{i}")).Aggregate((a, b) => a + b);
        return x.Dense(1).Sum().[|Minimize(Sgd(0.1))|];
        """, "at most 8");

    [Fact]
    public void A_hyperparameter_that_reads_the_gradient() => Expect.ErrorIn("OPT0117", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize(Rule.Of(g => [|Hyper("lr", 0.1 / Norm(g))|] * g));
        """);

    [Fact]
    public void Two_hyperparameters_of_one_name() => Expect.ErrorIn("OPT0118", """
        return Input(4).Dense(1).Loss(SquaredError).[|Minimize(Adam(Hyper("lr", 0.1), Hyper("lr", 0.9)))|];
        """);

    [Fact]
    public void A_rule_that_never_uses_the_gradient() => Expect.ErrorIn("OPT0119", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize(Rule.[|Of((g, m) => (0.01 * m, 0.9 * m))|]);
        """);

    [Fact]
    public void A_condition_that_holds_for_no_parameter() => Expect.ErrorIn("OPT0120", """
        return Input(4).Dense(1).Loss(SquaredError).[|Minimize(Sgd(0.1).Only(p => p.Path.StartsWith("decoder.", StringComparison.Ordinal)))|];
        """, "dense1.weights, dense1.bias");

    [Fact]
    public void A_rule_for_matrices_meets_a_bias() => Expect.ErrorIn("OPT0102", """
        return Input(4).Dense(1).Loss(SquaredError).[|Minimize(Muon(0.02))|];
        """, "the rule does not fit parameter 'dense1.bias' [1]", ".Only(…) leaves parameters out");

    [Fact]
    public void A_rate_below_zero() => Expect.ErrorIn("OPT0102", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize([|Adam(-0.001)|]);
        """, "lr: a step of a rate below 0 climbs, but got -0.001");

    [Fact]
    public void A_rate_that_is_no_number() => Expect.ErrorIn("OPT0102", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize([|Adam(double.NaN)|]);
        """, "lr: must be a finite number, but got nan");

    [Fact]
    public void A_limit_below_zero() => Expect.ErrorIn("OPT0102", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize([|ClipByGlobalNorm(-1)|].Then(Adam(0.1)));
        """, "max: a limit must be above 0, but got -1");

    [Fact]
    public void A_momentum_that_never_fades() => Expect.ErrorIn("OPT0102", """
        return Input(4).Dense(1).Loss(SquaredError).Minimize([|Momentum(0.1, mu: 1.5)|]);
        """, "mu: the share of the past that is kept must be at least 0 and below 1, but got 1.5");

    [Fact]
    public void The_exception_of_the_language_thrown_by_the_user() => Expect.Error("OPT0102", """
        static class Layers
        {
            public static Expr Even(this Expr x, int units) => units % 2 == 0 ? x.Dense(units) : [|throw new OptDslException("OPT0102", "units: must be even")|];
        }

        partial class Net
        {
            [Compile]
            static Model Model => Input(4).Even(3).Loss(SquaredError).Minimize(Sgd(0.1));
        }
        """, "units: must be even");
}
