using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What a state knows, and for how long. Values and gradients are PyTorch's: TorchTests.</summary>
public class RecurrentTests
{
    const int Positions = 5, Columns = 2, Units = 3;

    static readonly double[] numbers = [.. Enumerable.Range(0, Positions * Columns).Select(i => Math.Sin(3 * i))];

    static readonly Dictionary<string, Func<Expr, Expr>> layers = new() { ["gru"] = x => x.Gru(Units), ["lstm"] = x => x.Lstm(Units) };

    public static TheoryData<string> Names => [.. layers.Keys];

    static double[] Of(Func<Expr, Expr> layer, double[] data, int positions = Positions)
    {
        using var learner = layer(Input([positions, Columns])).Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(seed: 3);
        var output = new double[positions * Units];
        learner.Predict(new Batch(1, data), output);
        return output;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_knows_what_came_and_not_what_comes(string name)
    {
        foreach (var changed in Enumerable.Range(0, Positions))
        {
            var other = (double[])numbers.Clone();
            other[changed * Columns] += 0.5;
            double[] first = Of(layers[name], numbers), second = Of(layers[name], other);
            Assert.Equal(first[..(changed * Units)], second[..(changed * Units)]);
            for (var i = changed * Units; i < first.Length; i++) Assert.NotEqual(first[i], second[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_beginning_has_the_states_of_the_whole(string name)
    {
        foreach (var positions in Enumerable.Range(1, Positions))
            Assert.Equal(Of(layers[name], numbers)[..(positions * Units)], Of(layers[name], numbers[..(positions * Columns)], positions));
    }

    /// <summary>z = 1 keeps the state, i = 0 lets nothing in; both are where they began.</summary>
    [Fact]
    public void What_is_kept_shut_stays_empty()
    {
        double[] Gates(int gates, int which, double value) => [.. Enumerable.Range(0, gates * Units).Select(i => i / Units == which ? value : 0)];
        Assert.All(Of(x => x.Gru(Units, bias: Init.Values(Gates(3, 1, 1e3))), numbers), state => Assert.Equal(0, state));
        Assert.All(Of(x => x.Lstm(Units, bias: Init.Values(Gates(4, 0, -1e3))), numbers), state => Assert.Equal(0, state));
        Assert.All(Of(x => x.Gru(Units, bias: Init.Values(Gates(3, 1, -1e3))), numbers), state => Assert.NotEqual(0, state));
    }

    [Fact]
    public void The_parameters_have_names_and_starts()
    {
        using var learner = Input([Positions, Columns]).Gru(Units).Lstm(Units)[^1].Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>(seed: 3);
        Assert.Equal(["gru1.bias [9]", "gru1.recurrent [3, 9]", "gru1.recurrentBias [3]", "gru1.weights [2, 9]", "lstm1.bias [12]", "lstm1.recurrent [3, 12]", "lstm1.weights [3, 12]"],
            learner.Parameters.Select(p => p.ToString()).Order(StringComparer.Ordinal));
        foreach (var name in new[] { "gru1.recurrent", "lstm1.recurrent" })
        {
            double[][] rows = [.. learner[name].ToArray().Chunk(learner[name].Shape[1])];
            for (var i = 0; i < Units; i++)
                for (var j = 0; j < Units; j++) Assert.Equal(i == j ? 1 : 0, rows[i].Zip(rows[j], (a, b) => a * b).Sum(), 1e-12);
        }
        Assert.All(["gru1.bias", "gru1.recurrentBias", "lstm1.bias"], name => Assert.All(learner[name].ToArray(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void What_is_no_sequence_is_refused()
    {
        static OptDslException Fault(Func<Expr> declare) => Assert.Throws<OptDslException>(declare);
        Assert.Contains("gru: needs a row per position", Fault(() => Input(6).Gru(2)).Message, StringComparison.Ordinal);
        Assert.Contains("lstm: needs a row per position", Fault(() => Input([2, 3, 4]).Lstm(2)).Message, StringComparison.Ordinal);
        Assert.Contains("units", Fault(() => Input([5, 6]).Gru(0)).Message, StringComparison.Ordinal);
        Assert.Contains("units", Fault(() => Input([5, 6]).Lstm(-1)).Message, StringComparison.Ordinal);
    }
}
