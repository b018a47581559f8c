using OptDsl.Data;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Runtime;

/// <summary>Inputs less their mean, in deviations, both measured from data and kept by every rule.</summary>
public sealed class StandardizationTests : IDisposable
{
    const int Count = 700;

    // A column far from zero, one of tiny numbers, and two that are the same everywhere: sums of 0.1 are no multiples of it.
    static readonly float[] rows = [.. Enumerable.Range(0, Count).SelectMany(i => (float[])[1000 + i % 7, 1e-6f * (i % 5 - 3), 0.1f, 0])];

    static readonly Batch data = new(Count, rows, new float[Count]);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Model Model(Rule rule) => Input(4).Standardize().Dense(1).Loss(SquaredError).Minimize(rule);

    static ILearner<float> Shown() => (Input(4).Standardize() + 0 * Parameter(0.0)).Loss((y, _) => y.Sum()).Minimize(Sgd(1)).Compile(maxBatch: Count);

    static double[] Predicted(ILearner<float> learner, Batch batch)
    {
        float[] y = new float[batch.Count * 4];
        learner.Predict(batch, y);
        return [.. y.Select(v => (double)v)];
    }

    [Fact]
    public void Columns_have_mean_0_and_deviation_1_and_what_is_the_same_everywhere_is_0()
    {
        using var learner = Shown();
        Assert.Equal(rows.Select(x => (double)x), Predicted(learner, data));
        learner.Standardize(data);
        double[] y = Predicted(learner, data);
        for (int column = 0; column < 4; column++)
        {
            double[] values = [.. y.Where((_, i) => i % 4 == column)];
            Assert.Equal(0, values.Average(), 1e-6);
            if (column < 2) Assert.Equal(1, values.Average(v => v * v), 1e-6);
            else Assert.All(values, v => Assert.Equal(0, v));
        }
        // The variance of 0 … n − 1 is (n² − 1)/12.
        Assert.All(learner["standardize1.deviation"].ToArray().Zip([2, 1e-6 * Math.Sqrt(2), 1, 1]), d => Assert.Equal(d.Second, d.First, 1e-6 * d.Second));
    }

    [Fact]
    public void Doubles_that_a_learner_of_floats_cannot_tell_apart_are_the_same()
    {
        using var learner = Shown();
        var column = new Batch(2, new[] { 0.1, 1e-60, 3, 3 + 1e-15, 0.1, 2e-60, 5, 3 });
        learner.Standardize(column);
        Assert.Equal([0, 0, -1, 0, 0, 0, 1, 0], Predicted(learner, column).Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void No_rule_changes_them_and_the_others_learn()
    {
        foreach (var rule in (Rule[])[AdamW(lr: 0.01, decay: 0.5), NoisySgd(lr: 0.1), ClipByGlobalNorm(1).Then(Momentum(0.1)).Then(ProjectToBox(-1, 1)), DoG().Then(Lookahead())])
        {
            using var learner = Model(rule).Compile(maxBatch: Count);
            learner.Standardize(data);
            float[] mean = learner["standardize1.mean"].ToArray(), deviation = learner["standardize1.deviation"].ToArray(), weights = learner["dense1.weights"].ToArray();
            for (int step = 0; step < 5; step++) learner.Learn(data);
            Assert.Equal(mean, learner["standardize1.mean"].ToArray());
            Assert.Equal(deviation, learner["standardize1.deviation"].ToArray());
            Assert.NotEqual(weights, learner["dense1.weights"].ToArray());
            Assert.DoesNotContain(learner.Slots, slot => slot.Name.StartsWith("standardize", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_sum_over_all_tensors_and_a_penalty_leave_them_out()
    {
        Expr Net(Func<Expr, Expr> before) => before(Input(1)).Dense(1, Init.One).Loss(SquaredError).L2(0.1);
        var ones = new Batch(1, new[] { 3f }, new[] { 0f });
        using ILearner<float> with = Net(x => x.Standardize()).Minimize(ClipByGlobalNorm(0.5)).Compile(), without = Net(x => x).Minimize(ClipByGlobalNorm(0.5)).Compile();
        Assert.Equal(without.Learn(ones), with.Learn(ones));
        Assert.Equal(without["dense1.weights"].ToArray(), with["dense1.weights"].ToArray());
    }

    [Fact]
    public void A_checkpoint_carries_them()
    {
        using ILearner<float> learner = Model(Adam(0.01)).Compile(maxBatch: Count), again = Model(Adam(0.01)).Compile(maxBatch: Count);
        learner.Standardize(data);
        learner.Learn(data);
        learner.Save(folder["standard.safetensors"]);
        again.Load(folder["standard.safetensors"]);
        Assert.Equal(learner["standardize1.mean"].ToArray(), again["standardize1.mean"].ToArray());
        Assert.Equal(learner.Evaluate(data), again.Evaluate(data));
    }

    [Fact]
    public void Another_column_and_a_layer_in_a_scope_are_named()
    {
        using var learner = (Input(4, "x").Dense(1) + Input(1, "age").Standardize().Named("person")).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(maxBatch: 4);
        learner.Standardize(new Batch(2).With("x", new double[8]).With("age", new[] { 20.0, 40 }), column: 1, layer: "person.standardize1");
        Assert.Equal((30, 10), (learner["person.standardize1.mean"].ToArray().Single(), learner["person.standardize1.deviation"].ToArray().Single()));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_and_nothing_written()
    {
        using var learner = Shown();
        Assert.Throws<KeyNotFoundException>(() => learner.Standardize(data, layer: "standardize2"));
        Assert.Contains("1 numbers per example, 'standardize1' 4", Assert.Throws<ArgumentException>(() => learner.Standardize(data, column: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Standardize(data, column: 2));
        foreach (double fault in (double[])[double.NaN, double.PositiveInfinity, 1e200])
            Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => learner.Standardize(new Batch(2, new[] { 1, 2, 3, 4, 1, 2, fault, 4 }))).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0, 0], learner["standardize1.mean"].ToArray());
    }

    [Fact]
    public void Alone_they_are_nothing_to_train() =>
        Assert.Equal("OPT0110", Assert.Throws<OptDslException>(() => Input(4).Standardize().Sum().Minimize(Sgd(0.1))).Code);

    [Fact]
    public void They_stand_in_the_text_of_the_model() =>
        Assert.Contains("parameter \"standardize1.mean\" fixed constant(0) [4]", Model(Sgd(0.1)).ToString(), StringComparison.Ordinal);
}
