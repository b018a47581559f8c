using OptDsl.Runtime;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What only learning does: a choice by <see cref="Learning"/>, and units that are dropped.</summary>
public class LearningTests
{
    const int Units = 4000;
    const double Rate = 0.2;

    static readonly Expr ones = Parameter(shape: [Units], Init.One, "x");

    /// <summary>The mask, divided by 1 − rate, is the gradient of Σ dropped x.</summary>
    static float[] Mask(ILearner<float> learner)
    {
        learner.Gradient(Batch.Empty);
        return learner.GradientOf("x").ToArray();
    }

    [Fact]
    public void A_choice_by_Learning_is_the_first_where_a_step_learns_and_the_second_elsewhere()
    {
        var w = Parameter(3.0, "w");
        var y = Where(Learning, Square(w), 10 * w);
        using var learner = y.Minimize(Sgd(0.5)).Compile<double>();
        Assert.Equal((30, 9), (learner.Evaluate(Batch.Empty), learner.Gradient(Batch.Empty)));
        Assert.Equal(6, learner.GradientOf("w").ToArray().Single());
        Assert.Equal(9, learner.Learn(Batch.Empty));
        Assert.Equal(0, learner["w"].ToArray().Single());
    }

    [Fact]
    public void An_output_is_predicted_as_if_nothing_learned()
    {
        var model = (Where(Learning, 2, 5) * Input(1)).Dense(1, Init.One).Loss(SquaredError).Minimize(Sgd(0.1));
        using var learner = model.Compile();
        var output = new float[1];
        learner.Predict(new Batch(1, new float[] { 3 }), output);
        Assert.Equal(15, output[0]);
    }

    [Fact]
    public void A_rule_always_learns()
    {
        using var learner = Parameter(1.0, "w").Minimize(Rule.Of(g => Where(Learning, 0.25, 0.5) * g)).Compile();
        learner.Learn(Batch.Empty);
        Assert.Equal(0.75f, learner["w"].ToArray().Single());
    }

    [Fact]
    public void A_schedule_cannot_ask_for_it() =>
        Assert.Equal("OPT0117", Assert.Throws<OptDslException>(() => Hyper("lr", Where(Learning, 1, 2))).Code);

    [Fact]
    public void A_unit_is_dropped_with_the_rate_and_kept_with_what_keeps_the_mean()
    {
        using var learner = ones.Dropout(Rate).Sum().Minimize(Sgd(0)).Compile();
        var mask = Mask(learner);
        Assert.All(mask, m => Assert.True(m is 0 or 1.25f));
        var deviation = Math.Sqrt(Rate * (1 - Rate) / Units);
        Assert.InRange(mask.Count(m => m == 0) / (double)Units, Rate - 5 * deviation, Rate + 5 * deviation);
        // Linear: what goes forward is what goes back.
        Assert.Equal(mask.Sum(m => (double)m), learner.Learn(Batch.Empty));
    }

    [Fact]
    public void Nothing_is_dropped_where_nothing_learns()
    {
        var learned = Input(6).Dense(5).Dropout(0.5).Tanh().Dropout(0.5).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        var plain = Input(6).Dense(5).Tanh().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1));
        using ILearner<float> a = learned.Compile(seed: 2), b = plain.Compile(seed: 2);
        var batch = new Batch(2, new float[] { 1, -2, 3, 0.5f, 0, -1, 2, 2, -1, 1, 0.25f, 3 }, new[] { 0, 2 });
        Assert.Equal(b.Evaluate(batch), a.Evaluate(batch));
        float[] first = new float[6], second = new float[6];
        a.Predict(batch, first);
        b.Predict(batch, second);
        Assert.Equal(second, first);
        Assert.NotEqual(b.Gradient(batch), a.Gradient(batch));
    }

    [Fact]
    public void A_mask_is_replayed_at_its_step_and_another_one_drawn_at_the_next_by_another_layer_or_another_seed()
    {
        using var learner = (ones.Dropout(0.5) * (1 + ones.Dropout(0.5, seed: 1) * 0)).Sum().Minimize(Sgd(0)).Compile();
        using var twin = ones.Dropout(0.5).Sum().Minimize(Sgd(0)).Compile();
        using var seeded = ones.Dropout(0.5, seed: 1).Sum().Minimize(Sgd(0)).Compile();
        using var both = ones.Dropout(0.5).Dropout(0.5).Sum().Minimize(Sgd(0)).Compile();
        var mask = Mask(twin);
        Assert.Equal(mask, Mask(twin));
        Assert.Equal(mask, Mask(learner));
        Assert.NotEqual(mask, Mask(seeded));
        // Two layers keep a quarter.
        Assert.InRange(Mask(both).Count(m => m == 4) / (double)Units, 0.22, 0.28);
        twin.Learn(Batch.Empty);
        Assert.NotEqual(mask, Mask(twin));
    }

    [Fact]
    public void The_rate_can_be_set_while_training()
    {
        using var learner = ones.Dropout(Hyper("drop", 0.5)).Sum().Minimize(Sgd(0)).Compile();
        Assert.Contains(0f, Mask(learner));
        learner.Hyperparameters["drop"] = 0;
        Assert.All(Mask(learner), m => Assert.Equal(1, m));
    }

    [Fact]
    public void A_rate_is_one_number_from_0_to_below_1()
    {
        foreach (var rate in new Expr[] { 1, -0.1, double.NaN, Parameter(0.5), Input(3) })
        {
            var fault = Assert.Throws<OptDslException>(() => Input(3).Dropout(rate));
            Assert.Equal("OPT0102", fault.Code);
            Assert.Contains("rate", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_number_of_examples_is_that_of_the_batch()
    {
        using var learner = (Square(Parameter(3.0)) * Dsl.Examples + 0 * Input([])).Minimize(Sgd(0.5)).Compile<double>(maxBatch: 4);
        Assert.Equal(27, learner.Evaluate(new Batch(3, new double[3])));
        // w − lr·2·w·n
        learner.Learn(new Batch(1, new double[1]));
        Assert.Equal(0, learner["parameter1"].ToArray()[0]);
    }
}
