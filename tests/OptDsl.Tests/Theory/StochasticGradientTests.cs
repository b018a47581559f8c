using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The gradient of a minibatch as a random variable: over all minibatches there are, not over samples of them.</summary>
public class StochasticGradientTests
{
    static readonly double[] examples = [3, -1, 4, 8];

    static double Gradient(params double[] batch)
    {
        var run = new Descent(w => 0.5 * Square(w - Input(1, "x")).Sum(), Sgd(1), [0.5], ("x", batch));
        return run.GradientOf("w", batch.Length)[0];
    }

    [Fact]
    public void The_mean_of_the_examples_gradients_is_the_gradient_of_the_mean_bitwise() =>
        Assert.Equal(Gradient(examples), examples.Average(x => Gradient(x)));

    /// <summary>A network of tanh, where sums round: to the bound of a sum of n terms.</summary>
    [Fact]
    public void In_a_network_it_is_so_to_the_rounding_of_the_sum()
    {
        const int n = 7;
        var random = new Random(3);
        double[] Any(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        var model = Input(3).Dense(4).Tanh().Dense(2).Loss(SquaredError).Minimize(Sgd(1));
        double[] x = Any(3 * n), t = Any(2 * n);
        double[] Of(string name, int first, int count) =>
            new Descent(model, 1, ("input", x[(3 * first)..(3 * (first + count))]), ("target", t[(2 * first)..(2 * (first + count))])).GradientOf(name, count);
        foreach (var name in model.Parameters.Select(p => p.Path))
        {
            double[] whole = Of(name, 0, n);
            double[][] each = [.. Enumerable.Range(0, n).Select(i => Of(name, i, 1))];
            for (var i = 0; i < whole.Length; i++) Assert.Equal(each.Average(g => g[i]), whole[i], 8 * n * 1.2e-16 * each.Max(g => Math.Abs(g[i])));
        }
    }

    /// <summary>Var_S = Var_1/S over all 4^S draws with replacement; (N − S)/(N − 1) of that without. Small integers: exact.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_variance_of_a_minibatch_falls_as_one_over_its_size_exactly(int size)
    {
        static double Variance(IReadOnlyList<double> x) => x.Average(a => a * a) - x.Average() * x.Average();
        double[] with = [.. Draws(size, again: true).Select(b => Gradient(b))], without = [.. Draws(size, again: false).Select(b => Gradient(b))];
        var one = Variance([.. examples.Select(x => Gradient(x))]);
        Assert.Equal(Gradient(examples), with.Average());
        Assert.Equal(Gradient(examples), without.Average());
        Assert.Equal(one / size, Variance(with));
        Assert.Equal(one / size * (4 - size) / 3, Variance(without), 1e-15);
    }

    static IEnumerable<double[]> Draws(int size, bool again) => size == 0 ? [[]]
        : Draws(size - 1, again).SelectMany(rest => examples.Where(x => again || !rest.Contains(x)).Select(x => (double[])[.. rest, x]));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void An_epoch_visits_every_example_once(int size)
    {
        const int n = 257;
        var all = new Batch(n, Enumerable.Range(0, n).Select(i => (double)i).ToArray());
        var orders = new List<double[]>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = new List<double>();
            foreach (var batch in all.Shuffled(size, seed: 5, epoch))
            {
                var column = new double[batch.Count];
                batch.CopyTo<double>(0, column);
                seen.AddRange(column);
            }
            orders.Add([.. seen]);
            Assert.Equal(Enumerable.Range(0, n).Select(i => (double)i), seen.Order());
        }
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[0], orders[0].Order());
    }

    /// <summary>One epoch of descent at rate 1/k on the squares (w − x)²/2 in any order is the mean: without replacement, no noise is left.</summary>
    [Fact]
    public void At_rate_one_over_k_an_epoch_ends_at_the_mean_in_any_order()
    {
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [3, 1, 0, 2], [2, 3, 1, 0] })
        {
            var run = new Descent(w => 0.5 * Square(w - Input(1, "x")).Sum(), Sgd(1 / (Step + 1)), [100]);
            foreach (var i in order) run.Step(1, ("x", [examples[i]]));
            Assert.Equal(examples.Average(), run.At[0], 4 * 2.3e-16 * 8);
        }
    }
}
