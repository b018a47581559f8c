using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What attention looks at, and what it does not. https://arxiv.org/abs/1706.03762</summary>
public class AttentionTests
{
    const int Positions = 5, Columns = 6;

    static readonly double[] numbers = [.. Enumerable.Range(0, Positions * Columns).Select(i => Math.Sin(3 * i))];

    static double[] Of(Func<Expr, Expr> layer, double[] data, int columns = Columns)
    {
        using var learner = layer(Input([Positions, Columns])).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(seed: 3);
        var output = new double[Positions * columns];
        learner.Predict(new Batch(1, data), output);
        return output;
    }

    static double[] Rows(double[] data, params int[] order) => [.. order.SelectMany(r => data[(r * Columns)..((r + 1) * Columns)])];

    [Fact]
    public void Permuted_positions_give_permuted_outputs()
    {
        int[] order = [3, 0, 4, 1, 2];
        double[] wanted = Rows(Of(x => x.Attention(2), numbers), order), found = Of(x => x.Attention(2), Rows(numbers, order));
        for (var i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], found[i], 1e-14);
    }

    [Fact]
    public void A_causal_position_sees_nothing_that_comes_after_it()
    {
        var other = (double[])numbers.Clone();
        for (var i = 3 * Columns; i < other.Length; i++) other[i] = 7 - i;
        double[] first = Of(x => x.Attention(3, causal: true), numbers), second = Of(x => x.Attention(3, causal: true), other);
        Assert.Equal(first[..(3 * Columns)], second[..(3 * Columns)]);
        Assert.NotEqual(first[(3 * Columns)..], second[(3 * Columns)..]);
        // The first position sees itself alone: its value, times the output matrix.
        Assert.Equal(Of(x => x.Attention(3, mask: Equal(Indices(Positions), 0)), numbers)[..Columns], first[..Columns]);
    }

    [Fact]
    public void What_the_mask_covers_is_not_seen()
    {
        var other = (double[])numbers.Clone();
        for (var i = 2 * Columns; i < 3 * Columns; i++) other[i] = double.MaxValue / 1e10;
        Expr Layer(Expr x) => x.Attention(2, mask: Not(Equal(Indices(Positions), 2)));
        double[] first = Of(Layer, numbers), second = Of(Layer, other);
        foreach (var row in new[] { 0, 1, 3, 4 }) Assert.Equal(first[(row * Columns)..((row + 1) * Columns)], second[(row * Columns)..((row + 1) * Columns)]);
    }

    [Fact]
    public void Who_may_look_at_nothing_looks_at_all_alike()
    {
        double[] blind = Of(x => x.Attention(2, mask: Less(Indices(Positions), 0)), numbers);
        for (var i = Columns; i < blind.Length; i++) Assert.Equal(blind[i % Columns], blind[i], 1e-15);
        Assert.All(blind, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void A_memory_of_another_width_and_length_is_looked_at()
    {
        var (x, memory) = (Input([Positions, Columns], "x"), Input([3, 2], "memory"));
        using var learner = x.Attention(2, memory: memory).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(seed: 3);
        double[] output = new double[Positions * Columns], same = [1, 2, 1, 2, 1, 2];
        learner.Predict(new Batch(1, numbers, same), output);
        // Where all of it is alike, each position finds the same.
        for (var i = Columns; i < output.Length; i++) Assert.Equal(output[i % Columns], output[i], 1e-14);
    }

    [Fact]
    public void One_head_is_the_equation()
    {
        using var learner = Input([Positions, Columns]).Attention(1).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(seed: 3);
        double[] found = new double[Positions * Columns], q = Times("query"), k = Times("key"), v = Times("value"), o = learner["attention1.output"].ToArray();
        learner.Predict(new Batch(1, numbers), found);
        for (var row = 0; row < Positions; row++)
        {
            var looks = Enumerable.Range(0, Positions).Select(other => Math.Exp(Enumerable.Range(0, Columns).Sum(c => q[row * Columns + c] * k[other * Columns + c]) / Math.Sqrt(Columns))).ToArray();
            var seen = Enumerable.Range(0, Columns).Select(c => Enumerable.Range(0, Positions).Sum(other => looks[other] / looks.Sum() * v[other * Columns + c])).ToArray();
            for (var c = 0; c < Columns; c++) Assert.Equal(Enumerable.Range(0, Columns).Sum(i => seen[i] * o[i * Columns + c]), found[row * Columns + c], 1e-13);
        }

        double[] Times(string name)
        {
            var w = learner["attention1." + name].ToArray();
            return [.. Enumerable.Range(0, Positions * Columns).Select(i => Enumerable.Range(0, Columns).Sum(c => numbers[i / Columns * Columns + c] * w[c * Columns + i % Columns]))];
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Assert.Contains("rows", Fault(() => Input(6).Attention(2)).Message + " rows", StringComparison.Ordinal);
        Assert.Contains("6 columns cannot be divided among 4 heads", Fault(() => Input([5, 6]).Attention(4)).Message, StringComparison.Ordinal);
        Assert.Equal("OPT0101", Fault(() => Input([5, 6]).Attention(2, mask: Input(4))).Code);
        Assert.Contains("(0, 0) must name each of the 2 dimensions", Fault(() => Input([5, 6]).Permute(0, 0)).Message, StringComparison.Ordinal);
        Assert.Equal("OPT0101", Fault(() => Concat(0, Input([5, 6]), Input([5, 7]))).Code);
        Assert.Equal("OPT0101", Fault(() => MatMul(Input([2, 5, 6]), Input([3, 6, 5]))).Code);

        static OptDslException Fault(Func<object> declare) => Assert.Throws<OptDslException>(declare);
    }
}
