using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Hidden units can change places, and what starts equal stays equal: why weights start at random, and why a network's loss is not convex.</summary>
public class SymmetryTests
{
    public static TheoryData<string> Rules => LandscapeTests.Rules;

    /// <summary>Zero weights on both sides of a tanh: each is the other's gradient, and none has one.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void A_network_of_zeros_never_moves_a_weight(string name)
    {
        var run = new Descent(Input(2).Dense(3, Init.Zero).Tanh().Dense(1, Init.Zero).Loss(SquaredError).Minimize(LandscapeTests.All[name]), 0, ("input", [1, 2, -1, 0.5]), ("target", [1, -3]));
        for (var k = 0; k < 50; k++) run.Step(2);
        Assert.All(run["dense1.weights"].Concat(run["dense1.bias"]).Concat(run["dense2.weights"]), w => Assert.Equal(0, w));
        Assert.NotEqual(0, run["dense2.bias"][0]);
    }

    static readonly double[] x = [0.3, -1, 2, 0.7, 0.1, -0.2], t = [1, -1, 0.5];

    /// <summary>Units 0 and 3 begin with the same weights in and out. Learners of both precisions, and of several threads.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Twin_hidden_units_stay_twins_bitwise(string name)
    {
        var model = Input(2).Dense(5, Init.Glorot).Tanh().Dense(3).Relu().Dense(1).Loss(SquaredError).Minimize(LandscapeTests.All[name]);
        Twins<double>(model, 1, x, t);
        Twins<float>(model, 2, Array.ConvertAll(x, v => (float)v), Array.ConvertAll(t, v => (float)v));
    }

    static void Twins<T>(Model model, int threads, BatchColumn x, BatchColumn t) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var learner = model.Compile<T>(seed: 4, maxBatch: 3, threads: threads);
        T[] into = learner["dense1.weights"].ToArray(), from = learner["dense2.weights"].ToArray();
        for (var i = 0; i < 2; i++) into[5 * i + 3] = into[5 * i];
        for (var j = 0; j < 3; j++) from[3 * 3 + j] = from[j];
        learner["dense1.weights"].CopyFrom(into);
        learner["dense2.weights"].CopyFrom(from);
        for (var k = 0; k < 200; k++) learner.Learn(new Batch(3, x, t));
        Assert.NotEqual(into, into = learner["dense1.weights"].ToArray());
        from = learner["dense2.weights"].ToArray();
        for (var i = 0; i < 2; i++) Assert.Equal(into[5 * i], into[5 * i + 3]);
        for (var j = 0; j < 3; j++) Assert.Equal(from[j], from[9 + j]);
        Assert.Equal(learner["dense1.bias"].ToArray()[0], learner["dense1.bias"].ToArray()[3]);
        Assert.NotEqual(into[0], into[1]);
    }

    static Descent Network(double[] into, double[] from, double[] input) =>
        new(Input(2).Dense(3, Init.Zero).Relu().Dense(1, Init.Zero).Loss(SquaredError).Minimize(Sgd(0.1)), 0, ("input", input), ("target", new double[input.Length / 2])) { ["dense1.weights"] = into, ["dense2.weights"] = from };

    /// <summary>All 3! orders of the hidden units; small integers, so that sums in any order are the same bits.</summary>
    [Fact]
    public void Permuted_hidden_units_compute_the_same()
    {
        double[] into = [1, -2, 3, 2, 5, -1], from = [4, -3, 2], input = [1, 2, -3, 1, 4, -2];
        var expected = Network(into, from, input).Predict(3);
        foreach (int[] p in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
            Assert.Equal(expected, Network([.. p.Select(j => into[j]), .. p.Select(j => into[3 + j])], [.. p.Select(j => from[j])], input).Predict(3));
        Assert.NotEqual(expected, Network([-2, 1, 3, 5, 2, -1], from, input).Predict(3));
    }

    /// <summary>Were the loss convex, the mean of two permuted solutions would be no worse than they are.</summary>
    [Fact]
    public void The_mean_of_permuted_solutions_is_worse_so_the_loss_is_not_convex()
    {
        double Loss(double[] into, double[] from) => new Descent(Input(1).Dense(2, Init.Zero).Tanh().Dense(1, Init.Zero).Loss(SquaredError).Minimize(Sgd(1)), 0,
            ("input", [-1, -0.3, 0.4, 1]), ("target", [.. new[] { -1, -0.3, 0.4, 1 }.Select(v => Math.Tanh(3 * v) - 2 * Math.Tanh(0.5 * v))])) { ["dense1.weights"] = into, ["dense2.weights"] = from }.LossOf(4);
        Assert.Equal(0, Loss([3, 0.5], [1, -2]), 1e-30);
        Assert.Equal(0, Loss([0.5, 3], [-2, 1]), 1e-30);
        Assert.True(Loss([1.75, 1.75], [-0.5, -0.5]) > 0.1);
    }
}
