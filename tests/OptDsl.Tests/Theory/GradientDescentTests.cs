using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Gradient descent on quadratics, where everything is known in closed form. Nesterov, Introductory Lectures on Convex Optimization, 1.2 and 2.1.</summary>
public class GradientDescentTests
{
    /// <summary>a/2·w² + b·w for each coordinate, a and b as data.</summary>
    static Expr Separate(Expr w)
    {
        Expr a = Input(w.Length, "a"), b = Input(w.Length, "b");
        return (0.5 * a * Square(w) + b * w).Sum();
    }

    static double[] Walk1(double a, double lr, double start, int steps) =>
        [.. new Descent(w => (0.5 * a * Square(w)).Sum(), Sgd(lr), [start]).Walk(steps).Select(w => w[0])];

    static double Ulp(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    [Theory]
    [InlineData(1, 0.1, 3)]
    [InlineData(0.37, 1.9, -0.7)]
    [InlineData(1e6, 1.3e-6, 1e-3)]
    [InlineData(7, 0.01, 1e10)]
    public void Each_step_multiplies_by_one_minus_rate_times_curvature_to_an_ulp(double a, double lr, double start)
    {
        var w = Walk1(a, lr, start, 100);
        for (var k = 0; k < 100; k++)
        {
            var factor = DoubleDouble.Create(1) - DoubleDouble.Create(lr) * DoubleDouble.Create(a);
            var exact = factor * DoubleDouble.Create(w[k]);
            Assert.True(Math.Abs((exact - DoubleDouble.Create(w[k + 1])).Value) <= Ulp(w[k]), $"step {k}: {w[k + 1]:R}");
        }
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(2, 0.25, 0.5)]
    [InlineData(4, 0.375, -0.5)]
    [InlineData(0.5, 1.5, 0.25)]
    public void The_kth_point_is_the_factor_to_the_k_times_the_first_bitwise(double a, double lr, double factor)
    {
        var w = Walk1(a, lr, 1.2345678, 60);
        for (var k = 0; k <= 60; k++) Assert.Equal(Math.Pow(factor, k) * 1.2345678, w[k]);
    }

    [Theory]
    [InlineData(1, 0.3, 17.25)]
    [InlineData(4, -3, -1e5)]
    [InlineData(0.25, 1, 0.1)]
    [InlineData(1024, 7, 123.456)]
    public void The_inverse_curvature_as_rate_reaches_the_minimum_in_one_step(double a, double b, double start)
    {
        var descent = new Descent(w => (0.5 * a * Square(w)).Sum(), Sgd(1 / a), [start]);
        descent.Step();
        Assert.Equal(0, descent.At[0]);
        Assert.Equal(0, descent.Loss);
        // With a linear term the minimum is −b/a: one step away from everywhere, to the rounding of a·w + b.
        var shifted = new Descent(Separate, Sgd(1 / a), [start], ("a", [a]), ("b", [b]));
        shifted.Step();
        var rounding = Ulp(start) + Ulp(b / a);
        Assert.InRange(shifted.At[0], -b / a - rounding, -b / a + rounding);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(1024)]
    public void At_twice_the_best_rate_the_points_are_plus_and_minus_the_first_for_ever(double a)
    {
        var w = Walk1(a, 2 / a, 0.7, 1000);
        for (var k = 0; k <= 1000; k++) Assert.Equal(k % 2 == 0 ? 0.7 : -0.7, w[k]);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Below_the_best_rate_it_approaches_from_one_side(double part)
    {
        var w = Walk1(3, part / 3, -2, 50);
        for (var k = 0; k < 50; k++) Assert.True(w[k] < w[k + 1] && w[k + 1] < 0);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(1.5)]
    [InlineData(1.99)]
    public void Between_the_best_rate_and_twice_that_it_oscillates_and_shrinks(double part)
    {
        var w = Walk1(3, part / 3, -2, 50);
        for (var k = 0; k < 50; k++) Assert.True(w[k] * w[k + 1] < 0 && Math.Abs(w[k + 1]) < Math.Abs(w[k]));
    }

    [Theory]
    [InlineData(2.01)]
    [InlineData(10)]
    public void Above_twice_the_best_rate_it_oscillates_and_grows(double part)
    {
        var w = Walk1(3, part / 3, -2, 50);
        for (var k = 0; k < 50; k++) Assert.True(w[k] * w[k + 1] < 0 && Math.Abs(w[k + 1]) > Math.Abs(w[k]));
    }

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1.01, false)]
    public void It_converges_where_the_rate_is_below_twice_the_least_of_the_best_rates(double part, bool converges)
    {
        double[] a = [0.5, 8, 2];
        var descent = new Descent(Separate, Sgd(part * 2 / a.Max()), [1, 1, 1], ("a", a), ("b", [0, 0, 0]));
        Assert.Equal(converges, descent.Walk(1000)[^1].Max(Math.Abs) < 1e-3);
    }

    public static TheoryData<string> Separable => [.. Rules.Keys];

    static readonly Dictionary<string, Rule> Rules = new()
    {
        ["gradient descent"] = Sgd(0.1), ["momentum"] = Momentum(0.05, 0.9), ["Adam"] = Adam(0.1), ["AdamW"] = AdamW(0.1, 0.1),
        ["classical momentum"] = ClassicalMomentum(0.05), ["Nesterov"] = Nesterov(0.05), ["Adagrad"] = Adagrad(0.3), ["RMSProp"] = RmsProp(0.1, 0.9),
        ["Adadelta"] = Adadelta(eps: 1e-3), ["AdaMax"] = AdaMax(0.1), ["NAdam"] = NAdam(0.1), ["RAdam"] = RAdam(0.1), ["AMSGrad"] = AmsGrad(0.1), ["AdaBelief"] = AdaBelief(0.1),
        ["QuickProp"] = QuickProp(0.05), ["Rprop"] = Rprop(0.1), ["Rprop with undo"] = Rprop(0.1, undo: true), ["Lion"] = Lion(0.1), ["Yogi"] = Yogi(0.1),
    };

    static readonly double[] curvatures = [0.3, 2, 1.1, 5, 0.01, 3.3, 1], slopes = [1, -0.2, 0, 3, 0.4, -2, 0.1], starts = [1, -2, 0.5, 0.1, -0.9, 4, 1e-3];

    static double[][] Run(Rule rule, double[] a, double[] b, double[] start) => new Descent(Separate, rule, start, ("a", a), ("b", b)).Walk(40);

    [Theory]
    [MemberData(nameof(Separable))]
    public void On_an_axis_aligned_quadratic_a_vector_is_so_many_numbers_bitwise(string name)
    {
        var together = Run(Rules[name], curvatures, slopes, starts);
        for (var i = 0; i < starts.Length; i++)
        {
            var alone = Run(Rules[name], [curvatures[i]], [slopes[i]], [starts[i]]);
            Bits.AssertSame<double>([.. alone.Select(w => w[0])], [.. together.Select(w => w[i])]);
        }
    }

    [Theory]
    [MemberData(nameof(Separable))]
    public void Permuted_coordinates_take_the_permuted_path_bitwise(string name)
    {
        int[] order = [3, 0, 6, 1, 5, 2, 4];
        double[] Permuted(double[] x) => [.. order.Select(i => x[i])];
        var path = Run(Rules[name], curvatures, slopes, starts);
        var permuted = Run(Rules[name], Permuted(curvatures), Permuted(slopes), Permuted(starts));
        for (var k = 0; k < path.Length; k++) Bits.AssertSame<double>(Permuted(path[k]), permuted[k]);
    }

    /// <summary>ŵ = √A·w turns w − lr·A⁻¹·g into plain descent, and the ellipses into circles: at rate 1 one step ends at the minimum.</summary>
    [Fact]
    public void Descent_in_circular_coordinates_is_the_normalised_update()
    {
        double[] a = [4, 0.25, 16], root = [2, 0.5, 4], start = [1, -3, 0.7];
        // A = R·diag(a)·Rᵀ with an orthogonal R of thirds, so that contours are tilted ellipses.
        double[][] r = [[2 / 3.0, -1 / 3.0, 2 / 3.0], [2 / 3.0, 2 / 3.0, -1 / 3.0], [-1 / 3.0, 2 / 3.0, 2 / 3.0]];
        // With ŵ = diag(√a)·Rᵀ·w: E = |diag(√a)·Rᵀ·w|²/2, and w = R·diag(1/√a)·ŵ.
        Expr Energy(Expr w) => Enumerable.Range(0, 3).Select(j => 0.5 * a[j] * Square(r[0][j] * w[0] + r[1][j] * w[1] + r[2][j] * w[2])).Aggregate((x, y) => x + y);
        Expr Back(Expr v, int i) => r[i][0] / root[0] * v[0] + r[i][1] / root[1] * v[1] + r[i][2] / root[2] * v[2];
        Expr Circular(Expr v)
        {
            Expr[] w = [Back(v, 0), Back(v, 1), Back(v, 2)];
            return Enumerable.Range(0, 3).Select(j => 0.5 * a[j] * Square(r[0][j] * w[0] + r[1][j] * w[1] + r[2][j] * w[2])).Aggregate((x, y) => x + y);
        }
        double[] Forth(double[] w) => [.. Enumerable.Range(0, 3).Select(j => root[j] * Enumerable.Range(0, 3).Sum(i => r[i][j] * w[i]))];
        var circular = new Descent(Circular, Sgd(0.25), Forth(start)).Walk(10);
        var w = start;
        for (var k = 0; k <= 10; k++)
        {
            var mapped = Forth(w);
            for (var j = 0; j < 3; j++) Assert.Equal(mapped[j], circular[k][j], 1e-13);
            // A⁻¹·g by the gradient of E itself: Rᵀ, divide by a, R.
            var g = new Descent(Energy, Sgd(1), w).Gradient;
            double[] turned = [.. Enumerable.Range(0, 3).Select(j => Enumerable.Range(0, 3).Sum(i => r[i][j] * g[i]) / a[j])];
            w = [.. w.Select((x, i) => x - 0.25 * Enumerable.Range(0, 3).Sum(j => r[i][j] * turned[j]))];
        }
        Assert.All(new Descent(Circular, Sgd(1), Forth(start)).Walk(1)[1], x => Assert.InRange(x, -1e-14, 1e-14));
    }
}
