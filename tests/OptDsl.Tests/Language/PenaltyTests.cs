using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What a loss adds for the size of its parameters.</summary>
public class PenaltyTests
{
    static readonly double[] start = [1.5, -2, 0, -0.0, 0.25];

    static Expr Nothing => 0 * Parameter(start, "w").Sum();

    static readonly Batch batch = new(3, new[] { 0.3, -0.2, 0.7, 0.1, -0.5, 0.4 }, new[] { 1, 0.5, -1 });

    static (double Loss, double[] Gradient) At(Expr loss)
    {
        using var learner = loss.Minimize(Sgd(0.1)).Compile<double>();
        return (learner.Gradient(Batch.Empty), learner.GradientOf("w").ToArray());
    }

    [Fact]
    public void L2_is_half_the_square_and_its_gradient_the_weight()
    {
        var (loss, gradient) = At(Nothing.L2(0.5));
        Assert.Equal(0.25 * start.Sum(w => w * w), loss, 1e-15);
        Assert.Equal(start.Select(w => 0.5 * w), gradient);
    }

    [Fact]
    public void L1_is_the_magnitude_and_its_gradient_the_sign_which_is_0_at_0()
    {
        var (loss, gradient) = At(Nothing.L1(0.5));
        Assert.Equal(0.5 * start.Sum(Math.Abs), loss, 1e-15);
        Assert.Equal([0.5, -0.5, 0, 0, 0.5], gradient);
    }

    [Fact]
    public void Both_are_the_elastic_net()
    {
        var (loss, gradient) = At(Nothing.L1(0.5).L2(0.25));
        Assert.Equal(0.5 * start.Sum(Math.Abs) + 0.125 * start.Sum(w => w * w), loss, 1e-15);
        Assert.Equal(start.Select(w => 0.5 * (w == 0 ? 0 : Math.Sign(w)) + 0.25 * w), gradient);
    }

    /// <summary>Also the mean over a batch of several, which the penalty is no part of.</summary>
    [Fact]
    public void Descent_with_L2_is_descent_with_decayed_weights()
    {
        using var penalised = Net.L2(0.3).Minimize(Sgd(0.1)).Compile<double>(seed: 2, maxBatch: 3);
        using var decayed = Net.Minimize(AddDecayedWeights(0.3).Then(Sgd(0.1))).Compile<double>(seed: 2, maxBatch: 3);
        for (var step = 0; step < 20; step++) Assert.True(penalised.Learn(batch) > decayed.Learn(batch));
        foreach (var parameter in decayed.Parameters)
            Assert.All(parameter.ToArray().Zip(penalised[parameter.Name].ToArray()), w => Assert.Equal(w.First, w.Second, 1e-13));
    }

    [Fact]
    public void L1_takes_to_zero_what_the_data_do_not_ask_for()
    {
        using var learner = Input(2).Dense(1, Init.One).Loss(SquaredError).L1(0.1).Minimize(Sgd(0.01)).Compile<double>(maxBatch: 4);
        // The target is the first input alone; |w₂| falls until it swings by a rate around 0, w₁ until 2(1 − w₁) = 0.1.
        var plane = new Batch(4, new[] { 1.0, 1, 1, -1, -1, 1, -1, -1 }, new[] { 1.0, 1, -1, -1 });
        for (var step = 0; step < 2000; step++) learner.Learn(plane);
        var weights = learner["dense1.weights"].ToArray();
        Assert.Equal(0.95, weights[0], 1e-6);
        Assert.InRange(Math.Abs(weights[1]), 0, 0.001);
    }

    [Fact]
    public void Only_some_parameters_can_be_meant_by_their_paths()
    {
        List<string> seen = [];
        bool IsWeight(Parameter p)
        {
            seen.Add(p.Path);
            return p.Rank > 1;
        }
        using var some = Net.L2(0.3, only: IsWeight).Minimize(Sgd(0.1)).Compile<double>(seed: 2, maxBatch: 3);
        using var none = Net.Minimize(Sgd(0.1)).Compile<double>(seed: 2, maxBatch: 3);
        Assert.Equal(["trunk.dense1.weights", "trunk.dense1.bias", "dense1.weights", "dense1.bias"], seen);
        some["trunk.dense1.bias"].CopyFrom([1.0, 2, 3]);
        none["trunk.dense1.bias"].CopyFrom([1.0, 2, 3]);
        some.Gradient(batch);
        none.Gradient(batch);
        foreach (var path in seen)
            Assert.All(some[path].ToArray().Zip(some.GradientOf(path).ToArray(), none.GradientOf(path).ToArray()),
                w => Assert.Equal(w.Third + (path.EndsWith("weights", StringComparison.Ordinal) ? 0.3 * w.First : 0), w.Second, 1e-14));
    }

    [Fact]
    public void The_strength_can_be_set_while_training()
    {
        using var learner = Nothing.L2(Hyper("strength", 0.5)).Minimize(Sgd(0.1)).Compile<double>();
        learner.Hyperparameters["strength"] = 2;
        learner.Gradient(Batch.Empty);
        Assert.Equal(start.Select(w => 2 * w), learner.GradientOf("w").ToArray());
    }

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        Assert.Equal("OPT0102", Refused(() => Input(2).Dense(2).L2(0.1)).Code);
        Assert.Equal("OPT0102", Refused(() => Nothing.L1(Parameter(1.0))).Code);
        Assert.Equal("OPT0110", Refused(() => Input(2).Sum().L1(0.1)).Code);
        Assert.Equal("error OPT0120: the condition of only holds for no parameter; there are w", $"error {Refused(() => Nothing.L2(0.1, only: p => p.Rank > 1)).Message}");

        static OptDslException Refused(Func<Expr> declaration) => Assert.Throws<OptDslException>(declaration);
    }

    [Fact]
    public void A_column_that_grows_too_long_is_cut_and_the_others_and_the_bias_are_not()
    {
        Expr w = Parameter([2, 3], Init.Values(3, 0.3, 0, 4, 0.4, 0), "w"), b = Parameter([30.0, 40, 50], "b");
        using var learner = (w.Sum() + b.Sum()).Minimize(Sgd(0).Then(ProjectToMaxNorm(1))).Compile<double>();
        learner.Learn(Batch.Empty);
        Assert.All(learner["w"].ToArray().Zip([0.6, 0.3, 0, 0.8, 0.4, 0]), x => Assert.Equal(x.Second, x.First, 1e-15));
        Assert.Equal([30.0, 40, 50], learner["b"].ToArray());
    }

    static Expr Net => Input(2).Dense(3).Tanh().Named("trunk").Dense(1).Loss(SquaredError);
}
