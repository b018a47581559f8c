using OptDsl.Compiler;
using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;

namespace OptDsl.Tests;

/// <summary>The oracles test each other: three ideas of a derivative, four arithmetics.</summary>
public class OracleTests
{
    static readonly (string Name, Func<DoubleDouble, DoubleDouble> Function, Func<BigFloat, BigFloat> Exact, double Low, double High)[] functions =
    [
        ("exp", DoubleDouble.Exp, BigMath.Exp, -300, 300), ("log", DoubleDouble.Log, BigMath.Log, 1e-9, 1e6), ("tanh", DoubleDouble.Tanh, BigMath.Tanh, -20, 20),
        ("sigmoid", DoubleDouble.Sigmoid, BigMath.Sigmoid, -300, 300), ("softplus", DoubleDouble.Softplus, BigMath.Softplus, -300, 300), ("normalCdf", DoubleDouble.NormalCdf, BigMath.NormalCdf, -25, 12),
    ];

    [Fact]
    public void Double_double_knows_at_least_27_digits()
    {
        var random = new Random(1);
        foreach (var (name, function, exact, low, high) in functions)
            for (var i = 0; i < 200; i++)
            {
                // Half of them near zero, where tanh and softplus lose digits first.
                var x = i % 2 == 0 ? low + (high - low) * random.NextDouble() : Math.Max(low, random.NextDouble() - 0.5);
                var (found, wanted) = (function(DoubleDouble.Create(x)), exact(x));
                var off = Math.Abs(BigMath.ToDouble((BigFloat)found.High + found.Low - wanted)) / Math.Abs(BigMath.ToDouble(wanted));
                Assert.True(off < 1e-27 || name is "log" && off * Math.Abs(Math.Log(x)) < 1e-30, $"{name}({x:R}) is off by {off:E1}");
            }
    }

    [Fact]
    public void Derivatives_carried_forward_equal_those_of_a_complex_step()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var network = NetworkCases.Random(new(seed), 2 + seed / 6, new(IsDifferentiable: true));
            var model = network.Build().Minimize(Dsl.Sgd(1));
            var graph = Lower.Run(model);
            var point = new GradientPoint(model, 2, seed);
            if (point.IsKink || !point.IsFinite) continue;
            var (dual, complex) = (new Interpreter<Dual<Real64>>(graph), new Interpreter<ComplexStep>(graph));
            var random = new Random(seed);
            foreach (var (name, numbers) in point.Numbers())
                if (model.Parameters.Any(p => p.Path == name))
                {
                    var slopes = Array.ConvertAll(numbers, _ => 2 * random.NextDouble() - 1);
                    dual.State[name] = [.. numbers.Zip(slopes, (x, s) => new Dual<Real64>(new(x), new(s)))];
                    complex.State[name] = [.. numbers.Zip(slopes, ComplexStep.Create)];
                }
                else dual.Data[name] = complex.Data[name] = numbers;
            var forward = dual.Evaluate(2, [graph.Roots.Loss]);
            double a = forward[graph.Roots.Loss][0].Slope.Number, b = complex.Evaluate(2, [graph.Roots.Loss])[graph.Roots.Loss][0].Slope;
            // Of the largest slope on the way: what cancels later loses digits in both.
            var largest = forward.Values.SelectMany(v => v).Max(v => Math.Abs(v.Slope.Number)) + 1e-300;
            Assert.True(Math.Abs(a - b) <= 1e-13 * largest, $"carried forward {a:R}, complex step {b:R}\n{network.Text.Lines}{network.Text.Loss}");
        }
    }

    [Fact]
    public void Each_float_operation_is_within_its_bound()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var c = ModelCase.Random(new(seed), seed % 100, new());
            var graph = ModelCompiler.Optimize(c.Model);
            LocalBounds.Check(graph, At(c.Model, graph, 3, seed).Evaluate(3, graph.Roots.All), 3);
        }
    }

    [Fact]
    public void An_operation_that_is_less_exact_is_found()
    {
        var model = Dsl.Input(40).Dense(3).Loss(Dsl.SquaredError).Minimize(Dsl.Sgd(1));
        var graph = ModelCompiler.Optimize(model);
        var values = At(model, graph, 2, 1).Evaluate(2, graph.Roots.All);
        LocalBounds.Check(graph, values, 2);
        foreach (var value in values.Keys.Where(v => v.Op == Primitive.MatMul))
        {
            var before = values[value][0];
            values[value][0] = new(before.Number * 1.0001f);
            Assert.Throws<MismatchException>(() => LocalBounds.Check(graph, values, 2));
            values[value][0] = before;
        }
    }

    static Interpreter<Real32> At(Model model, Graph graph, int examples, int seed)
    {
        var at = new Interpreter<Real32>(graph);
        foreach (var (name, numbers) in new GradientPoint(model, examples, seed).Numbers())
            if (model.Parameters.Any(p => p.Path == name)) at.State[name] = Array.ConvertAll(numbers, Real32.Create);
            else at.Data[name] = numbers;
        at.Start();
        return at;
    }
}
