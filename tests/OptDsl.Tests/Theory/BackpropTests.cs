using OptDsl.Compiler;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The derivatives of layers, activations and the softmax by the formulas that textbooks give. Rumelhart, Hinton and Williams 1986.</summary>
public class BackpropTests
{
    /// <summary>The loss Σ y·t hands any gradient t/N to the output. Integers and N = 2: exact.</summary>
    static readonly LossFunction handed = (y, t) => (y * t).Sum();

    static readonly double[] x = [1, -2, 3, 4, 0, -5], dz = [2, -4, 6, 8];

    /// <summary>dW = xᵀ·dz, db = Σ dz, summed over the batch.</summary>
    [Fact]
    public void A_linear_layers_gradients_are_its_textbook_formulas_bitwise()
    {
        var run = new Descent(Input(3).Dense(2).Loss(handed).Minimize(Sgd(1)), 1, ("input", x), ("target", dz));
        Assert.Equal([.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 2) select (x[i] * dz[j] + x[3 + i] * dz[2 + j]) / 2], run.GradientOf("dense1.weights", 2));
        Assert.Equal([(dz[0] + dz[2]) / 2, (dz[1] + dz[3]) / 2], run.GradientOf("dense1.bias", 2));
    }

    /// <summary>dx = dz·Wᵀ: the bias of the layer below has the sum of it as its gradient.</summary>
    [Fact]
    public void A_linear_layer_hands_back_the_product_with_its_transpose_bitwise()
    {
        double[] weights = [1, 2, -3, 5, 7, -1];
        var run = new Descent(Input(1).Dense(3).Dense(2).Loss(handed).Minimize(Sgd(1)), 1, ("input", [1, 1]), ("target", dz)) { ["dense2.weights"] = weights };
        Assert.Equal([.. Enumerable.Range(0, 3).Select(i => (weights[2 * i] * (dz[0] + dz[2]) + weights[2 * i + 1] * (dz[1] + dz[3])) / 2)], run.GradientOf("dense1.bias", 2));
    }

    [Fact]
    public void A_weight_used_twice_has_the_sum_of_both_gradients_bitwise()
    {
        double[] first = [1, -2, 3, 4];
        Expr shared = Parameter(shape: [2, 2], name: "w"), one = Parameter(shape: [2, 2], name: "a"), two = Parameter(shape: [2, 2], name: "b");
        (string, double[])[] data = [("input", [1, 3, -1, 2]), ("target", dz)];
        Model Net(Expr a, Expr b) => MatMul(MatMul(Input(2), a).Relu(), b).Loss(handed).Minimize(Sgd(1));
        var tied = new Descent(Net(shared, shared), 0, data) { ["w"] = first };
        var untied = new Descent(Net(one, two), 0, data) { ["a"] = first, ["b"] = first };
        Assert.Equal(untied.GradientOf("a", 2).Zip(untied.GradientOf("b", 2), (a, b) => a + b), tied.GradientOf("w", 2));
    }

    /// <summary>⟨v, J·u⟩ = ⟨Jᵀ·v, u⟩: one side carried forward through the declared graph, the other what the compiled graph propagates back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Forward_and_backward_derivatives_are_adjoint(int seed)
    {
        Expr[] nets =
        [
            Input(5).Dense(7).Tanh().Dense(4).Sigmoid().Dense(3),
            Input(5).Dense(17).Softplus().Dense(3).Softmax(),
            Input(5).Dense(6).Relu().Apply(h => h / Sqrt(1 + Square(h).Sum())).Dense(3) * Sin(Input(3, "gate")),
        ];
        foreach (var net in nets)
        {
            var random = new Random(seed);
            double[] Any(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
            var model = net.Loss(handed).Minimize(Sgd(1));
            (string Name, double[] Numbers)[] data = [("input", Any(5)), ("gate", Any(3)), ("target", Any(3))];
            var back = new Descent(model, seed, data);
            var graph = Lower.Run(model);
            var forward = new Interpreter<Dual<Real64>>(graph);
            foreach (var (name, numbers) in data) forward.Data[name] = numbers;
            double pulled = 0, size = 0;
            foreach (var p in model.Parameters)
            {
                double[] at = back[p.Path], u = Any(at.Length);
                forward.State[p.Path] = [.. at.Zip(u, (a, b) => new Dual<Real64>(new(a), new(b)))];
                foreach (var (g, b) in back.GradientOf(p.Path).Zip(u)) (pulled, size) = (pulled + g * b, size + Math.Abs(g * b));
            }
            var y = graph.Roots.Outputs[0].Value;
            double pushed = 0;
            foreach (var (dy, v) in forward.Evaluate(1, [y])[y].Zip(data[2].Numbers)) (pushed, size) = (pushed + dy.Slope.Number * v, size + Math.Abs(dy.Slope.Number * v));
            Assert.Equal(pushed, pulled, 1e-13 * size);
            Assert.True(size > 0.01);
        }
    }

    static double Derivative(Func<Expr, Expr> f, double x) => new Descent(w => f(w).Sum(), Sgd(1), [x]).Gradient[0];

    static double Value(Func<Expr, Expr> f, double x) => new Descent(w => f(w).Sum(), Sgd(1), [x]).Loss;

    /// <summary>tanh x = (1 − e^(−2x))/(1 + e^(−2x)) = 2σ(2x) − 1, tanh′ = 1 − tanh²; σ′ = σ(1 − σ) ≤ 1/4 with equality at 0; softplus′ = σ.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-1.7)]
    [InlineData(6)]
    [InlineData(-12)]
    public void Activations_keep_their_identities(double x)
    {
        double tanh = Value(Tanh, x), sigmoid = Value(Sigmoid, x);
        Assert.Equal((1 - Math.Exp(-2 * x)) / (1 + Math.Exp(-2 * x)), tanh, 3e-16);
        Assert.Equal(2 * Value(Sigmoid, 2 * x) - 1, tanh, 3e-16);
        Assert.Equal(1 - tanh * tanh, Derivative(Tanh, x));
        Assert.Equal(sigmoid * (1 - sigmoid), Derivative(Sigmoid, x));
        Assert.True(Derivative(Sigmoid, x) <= 0.25);
        Assert.Equal(0.25, Derivative(Sigmoid, 0));
        Assert.Equal(1, sigmoid + Value(Sigmoid, -x), 2e-16);
        Assert.Equal(sigmoid, Derivative(Softplus, x));
        Assert.Equal(-tanh, Value(Tanh, -x));
    }

    /// <summary>Where there is no derivative, the convention: 0 for the rectifier and the absolute value, at both zeros.</summary>
    [Fact]
    public void At_their_kinks_rectifier_and_absolute_value_have_slope_zero()
    {
        foreach (var zero in new[] { 0.0, -0.0 })
        {
            Assert.Equal(0, Derivative(Relu, zero));
            Assert.Equal(0, Derivative(Abs, zero));
        }
        Assert.Equal(1, Derivative(Relu, double.Epsilon));
        Assert.Equal(0, Derivative(Relu, -double.Epsilon));
    }

    /// <summary>dC/db_1 = dC/dy·Π σ′(z_i)·Π_{i &gt; 1} w_i, so at most Π |w_i|/4 of dC/dy, and 1/4 for the first layer.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(30)]
    public void Through_sigmoid_layers_a_gradient_vanishes_at_least_as_fast_as_its_bound(int depth)
    {
        var random = new Random(depth);
        double[] weights = [.. Enumerable.Range(0, depth).Select(_ => 4 * random.NextDouble() - 2)];
        var net = Input(1);
        for (var i = 0; i < depth; i++) net = net.Dense(1).Sigmoid();
        var run = new Descent(net.Loss(handed).Minimize(Sgd(1)), 0, ("input", [0.7]), ("target", [1]));
        double a = 0.7, slope = 1, bound = 1;
        for (var i = 0; i < depth; i++)
        {
            run[$"dense{i + 1}.weights"] = [weights[i]];
            a = 1 / (1 + Math.Exp(-weights[i] * a));
            (slope, bound) = (slope * a * (1 - a) * (i > 0 ? weights[i] : 1), bound / 4 * (i > 0 ? Math.Abs(weights[i]) : 1));
        }
        var g = run.GradientOf("dense1.bias")[0];
        Assert.True(Math.Abs(g) <= bound);
        Assert.Equal(1, g / slope, depth * 20 * 2.3e-16);
    }

    static Descent Logits(double[] z, int label) => new(Parameter(z, "w").Loss(SoftmaxCrossEntropy).Minimize(Sgd(1)), 0, ("target", [label]));

    static readonly double[] logits = [1.25, -3, 0.5, 7, 2.75, -0.125];

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_the_softmax_less_one_at_the_label_and_sums_to_zero()
    {
        double[] e = [.. logits.Select(v => Math.Exp(v - 7))], p = [.. e.Select(v => v / e.Sum())];
        for (var label = 0; label < 6; label++)
        {
            var run = Logits(logits, label);
            double[] g = run.Gradient;
            for (var i = 0; i < 6; i++) Assert.Equal(p[i] - (i == label ? 1 : 0), g[i], 4e-16);
            Assert.Equal(0, g.Sum(), 6 * 2.3e-16);
            Assert.Equal(-Math.Log(p[label]), run.Loss, 2e-15);
            Assert.True(run.Loss >= 0);
        }
    }

    /// <summary>Logits are multiples of 1/8 and shifts integers: the shifted ones are exact, and nothing may change.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1000)]
    [InlineData(1 << 30)]
    public void Shifted_logits_have_the_same_loss_and_gradient_bitwise(double shift)
    {
        for (var label = 0; label < 6; label++)
        {
            Descent here = Logits(logits, label), there = Logits([.. logits.Select(v => v + shift)], label);
            Assert.Equal(here.Gradient, there.Gradient);
            Assert.Equal(here.Loss, there.Loss);
        }
    }
}
