using OptDsl.Compiler;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>
/// Gradients are values like any other, so they have gradients: that of ½·Σ g² is H·g, which forward derivatives of g along g give too.
/// </summary>
public class SecondDerivativeTests(Xunit.Abstractions.ITestOutputHelper output)
{
    static readonly Dictionary<string, Func<Expr, Expr>> layers = new()
    {
        ["Dense"] = x => x.Dense(3).Tanh(),
        ["Attention"] = x => x.Attention(2, causal: true),
        ["Gru"] = x => x.Gru(3),
        ["Lstm"] = x => x.Lstm(3),
        ["LayerNorm"] = x => x.LayerNorm(eps: 0.1),
        ["BatchNorm"] = x => x.BatchNorm(eps: 0.1),
        ["Conv1D"] = x => x.Conv1D(3, 2, padding: 1).Sigmoid(),
        ["Conv2D"] = x => x.Reshape(4, 4, 1).Conv2D(2, 3, padding: 1).Gelu(),
        ["DepthwiseConv2D"] = x => x.Reshape(4, 2, 2).DepthwiseConv2D(2).Mish(),
        ["ConvTranspose2D"] = x => x.Reshape(2, 2, 4).ConvTranspose2D(2, 2, 2).Silu(),
        ["AveragePool2D"] = x => Square(x.Dense(4).Reshape(4, 4, 1)).AveragePool2D(2),
        ["MaxPool2D"] = x => Square(x.Dense(4).Reshape(4, 4, 1)).MaxPool2D(2),
        ["Embedding"] = x => Tanh(IntegerInput("i", [3]).Embedding(5, 2)),
        ["Softmax"] = x => x.Dense(5).Softmax(),
        ["LogSoftmax"] = x => x.Dense(5).LogSoftmax(),
        ["Concat"] = x => Concat(-1, x.Dense(2), Square(x.Dense(2))),
    };

    public static TheoryData<string> Names => [.. layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Of_a_layer(string name) => Assert.True(Check(Square(layers[name](Input([4, 4]) * Parameter([4, 4], Init.Uniform(-1, 1))).Flatten().Dense(2)).Sum().Minimize(Sgd(1)), 3, 1, 1e-12));

    [Fact]
    public void Of_random_networks()
    {
        var asked = 0;
        for (var seed = 0; seed < 300; seed++)
            if (Check(NetworkCases.Random(new(seed), 2 + seed / 40, new(Widest: 9, IsDifferentiable: true)).Build().Minimize(Sgd(1)), 2, seed, 1e-12)) asked++;
        output.WriteLine($"{asked} of 300");
        Assert.True(asked > 250);
    }

    [Fact]
    public void A_derivative_that_is_no_derivative_is_seen()
    {
        var rows = new Dictionary<Primitive, Derivatives.Row>(Derivatives.Rows) { [Primitive.Tanh] = (b, g, x, y) => [g] };
        var model = Input(3).Dense(2).Tanh().Loss(SquaredError).Minimize(Sgd(1));
        Assert.Throws<MismatchException>(() => Check(model, 2, 1, 1e-12, rows));
    }

    /// <summary>False where there is no number to compare.</summary>
    static bool Check(Model model, int examples, int seed, double limit, IReadOnlyDictionary<Primitive, Derivatives.Row>? rows = null)
    {
        var (once, twice) = (Lower.Run(model), Lower.Run(model, (b, loss, leaves) =>
            Differentiate.Run(b, Differentiate.Run(b, loss, leaves).Select(g => Energy(b, g)).Aggregate(b.Add), leaves, rows ?? Derivatives.Rows)));
        var (random, data) = (new Random(seed), new RandomData(model, once, examples, seed, zeros: false));
        var (forward, backward) = (new Interpreter<Dual<DoubleDouble>>(once), new Interpreter<DoubleDouble>(twice));
        foreach (var (name, numbers) in data.Columns) forward.Data[name] = backward.Data[name] = numbers;
        foreach (var p in model.Trained) backward.State[p.Path] = [.. Enumerable.Range(0, (int)p.Shape.Size).Select(_ => DoubleDouble.Create((2 * random.NextDouble() - 1) / Math.Sqrt(p.Rank == 2 ? p.Shape[0] / 3.0 : 2)))];

        var first = new Interpreter<DoubleDouble>(once).WithData(backward).Evaluate(examples, once.Roots.Gradients.Select(g => g.Value));
        foreach (var (name, g) in once.Roots.Gradients) forward.State[name] = [.. backward.State[name].Zip(first[g], (w, d) => new Dual<DoubleDouble>(w, d))];
        var wanted = forward.Evaluate(examples, once.Roots.Gradients.Select(g => g.Value));
        var found = backward.Evaluate(examples, twice.Roots.Gradients.Select(g => g.Value));
        foreach (var ((name, g), (_, h)) in once.Roots.Gradients.Zip(twice.Roots.Gradients))
        {
            var largest = wanted[g].Max(d => Math.Abs(d.Slope.Value));
            if (!double.IsFinite(largest)) return false;
            for (var i = 0; i < wanted[g].Length; i++)
                if (!(Math.Abs((wanted[g][i].Slope - found[h][i]).Value) <= limit * (largest + 1)))
                    throw new MismatchException(FormattableString.Invariant($"{name}[{i}]: H·g is {found[h][i].Value:R}, forward {wanted[g][i].Slope.Value:R}\n{Declaration.Of(model)}"));
        }
        return true;
    }

    /// <summary>½·Σ g²</summary>
    static Value Energy(GraphBuilder b, Value g)
    {
        var x = b.Multiply(b.Constant(0.5, g.Extent), b.Multiply(g, g));
        while (x.Extent.Dims.Rank > 0) x = b.Reduce(Primitive.Sum, x, 0);
        return x;
    }
}
