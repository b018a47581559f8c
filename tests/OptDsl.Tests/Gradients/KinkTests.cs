using OptDsl.Compiler;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Exactly at a kink the gradient is the documented one, and it lies between the one-sided derivatives.</summary>
public class KinkTests
{
    static readonly double[] zeros = [0.0, -0.0];
    const double Tiny = double.Epsilon;

    static readonly Dictionary<string, (Func<Expr, Expr> Function, double At, double Documented)> kinks = new()
    {
        ["ReLU at 0 is 0"] = (Relu, 0, 0),
        ["|x| at 0 is 0"] = (Abs, 0, 0),
        ["max(x, 0) at a tie takes its first operand"] = (x => Max(x, 0), 0, 1),
        ["max(0, x) at a tie takes its first operand"] = (x => Max(0, x), 0, 0),
        ["min(x, 0) at a tie takes its first operand"] = (x => Min(x, 0), 0, 1),
        ["min(0, x) at a tie takes its first operand"] = (x => Min(0, x), 0, 0),
        ["the floor's derivative is 0 at an integer"] = (x => 3 * Floor(x), 2, 0),
        ["the sign's derivative is 0 at 0"] = (Sign, 0, 0),
        ["a choice takes the branch of its condition"] = (x => Where(Less(x, 1), x, 2 - x), 1, -1),
        ["a remainder's derivative is 1 at a jump"] = (x => x % 1, 1, 1),
    };

    public static TheoryData<string> Names => [.. kinks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheDocumentedSubgradient(string name)
    {
        var (function, at, documented) = kinks[name];
        foreach (var x in at == 0 ? zeros : [at]) Assert.Equal(documented, Gradient(function, x));
    }

    /// <summary>Next to the kink it is the derivative of that side, down to the smallest number.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Beside(string name)
    {
        var (function, at, _) = kinks[name];
        double left = at == 0 ? -Tiny : Math.BitDecrement(at), right = at == 0 ? Tiny : Math.BitIncrement(at);
        Assert.Equal(Gradient(function, at - 0.25), Gradient(function, left));
        Assert.Equal(Gradient(function, at + 0.25), Gradient(function, right));
    }

    [Theory]
    [InlineData(new[] { 1.0, 3, 3, 2 }, new[] { 0, 0.5, 0.5, 0 })]
    [InlineData(new[] { 5.0, 5, 5, 5 }, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(new[] { 0.0, -0.0, -1, -1 }, new[] { 0.5, 0.5, 0, 0 })]
    [InlineData(new[] { Tiny, 0, 0, 0 }, new[] { 1.0, 0, 0, 0 })]
    public void EqualLargestElementsShareTheGradientOfAMaximum(double[] x, double[] shares) => Assert.Equal(shares, Gradient(w => w.Max(), x));

    static double Gradient(Func<Expr, Expr> f, double x) => Gradient(w => f(w).Sum(), [x])[0];

    static double[] Gradient(Func<Expr, Expr> loss, double[] x)
    {
        var model = loss(Parameter(shape: [x.Length], Init.Zero, "w")).Minimize(Sgd(1));
        var graph = ModelCompiler.Optimize(model);
        var at = new Interpreter<Real64>(graph) { State = { ["w"] = Array.ConvertAll(x, Real64.Create) } };
        var gradient = graph.Roots.Gradients[0].Value;
        return Array.ConvertAll(at.Evaluate(1, [gradient])[gradient], g => g.Number);
    }
}
