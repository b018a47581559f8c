using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>A tensor that no rule changes, and what a step leaves in it.</summary>
public class UntrainedTests
{
    /// <summary>A smoothed mean of the data, which the prediction subtracts.</summary>
    static Model Centred()
    {
        var x = Input(2);
        var mean = Untrained([2], name: "mean", next: m => m + 0.5 * (BatchMean(x) - m));
        return ((x - mean) * Parameter([2], Init.One, "w")).Loss(SquaredError, "t").Minimize(AdamW(lr: 0.1));
    }

    [Fact]
    public void A_step_leaves_the_next_value()
    {
        using var learner = Centred().Compile<double>(maxBatch: 2);
        var batch = new Batch(2, new double[] { 1, 2, 3, 6 }, new double[4]);
        // (1, 2) and (3, 6) against 0, before anything is known of them.
        Assert.Equal((1 + 4 + 9 + 36) / 4.0, learner.Learn(batch));
        Assert.Equal([1, 2], learner["mean"].ToArray());
        learner.Evaluate(batch);
        learner.Learn(batch);
        Assert.Equal([1.5, 3], learner["mean"].ToArray());
    }

    [Fact]
    public void A_prediction_uses_the_value_and_a_checkpoint_has_it()
    {
        using var learner = Centred().Compile<double>(maxBatch: 2);
        learner["mean"].CopyFrom([1, -1]);
        using var again = Centred().Compile<double>(maxBatch: 2);
        var file = Path.GetTempFileName();
        learner.Save(file);
        again.Load(file);
        File.Delete(file);
        var output = new double[2];
        again.Predict(new Batch(1, new double[] { 5, 5 }), output);
        Assert.Equal([4, 6], output);
    }

    [Fact]
    public void Without_a_next_value_it_stays()
    {
        using var learner = (Input(2) * Untrained([2], Init.Values(2, 3)) * Parameter([2], Init.One)).Loss(SquaredError).Minimize(AdamW(lr: 0.1)).Compile<double>(maxBatch: 1);
        learner.Learn(new Batch(1, new double[] { 1, 1 }, new double[] { 0, 0 }));
        Assert.Equal([2, 3], learner["parameter1"].ToArray());
    }

    [Theory]
    [InlineData("must be one [2] for all examples, but is input [2]")]
    [InlineData("must be one [2] for all examples, but is sum []")]
    public void What_does_not_fit_is_told_at_the_call(string problem)
    {
        var x = Input(2);
        var fault = Assert.Throws<OptDslException>(() => Untrained([2], next: m => problem.Contains("input", StringComparison.Ordinal) ? x : m.Sum()));
        Assert.Equal("OPT0102", fault.Code);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }
}
