using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>QuickProp, which takes the secant for the curvature, and Rprop, which takes the sign for the gradient.</summary>
public class SecantAndSignTests
{
    /// <summary>On 2·(w − 3)² from 0 a gradient step to 1; the secant from there ends at the minimum. With the step's sign taken for the displacement's it would end at −1.</summary>
    [Fact]
    public void The_secant_is_exact_on_a_parabola()
    {
        var path = new Descent(w => (2 * Square(w - 3)).Sum(), QuickProp(1 / 12.0, grow: 10), [0]).Walk(3);
        Assert.Equal([0.0, 1, 3, 3], path.Select(w => w[0]));
    }

    /// <summary>From a tiny first step the secant would end at the minimum of a parabola at once; it grows by 7/4 instead until it may.</summary>
    [Fact]
    public void The_secant_step_grows_no_faster_than_its_limit()
    {
        double[] path = [.. new Descent(w => (0.5 * Square(w)).Sum(), QuickProp(0.001), [10]).Walk(14).Select(w => w[0])];
        for (double k = 1, step = 0.01, left = 10; k <= 14; k++, left -= step, step = Math.Min(1.75 * step, left))
            Assert.Equal(step, path[(int)k - 1] - path[(int)k], 1e-13);
        Assert.Equal(0, path[14], 1e-14);
    }

    [Fact]
    public void Where_the_gradient_does_not_change_it_takes_a_gradient_step()
    {
        var path = new Descent(w => (2 * w).Sum(), QuickProp(0.25), [1]).Walk(5);
        Assert.Equal([1, 0.5, 0, -0.5, -1, -1.5], path.Select(w => w[0]));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(-3e5)]
    [InlineData(1e-170)]
    public void On_a_constant_slope_the_step_grows_by_its_factor_to_its_ceiling_exactly(double g)
    {
        var run = new Descent(w => (g * w).Sum(), Rprop(0.1, grow: 1.2, max: 3), [0]);
        var length = 0.1;
        for (var k = 0; k < 40; k++)
        {
            run.Step();
            Assert.Equal(length, run["w/size"][0]);
            length = Math.Min(1.2 * length, 3);
        }
        Assert.Equal(3, length);
    }

    /// <summary>The slope's sign alone matters: any positive factor, also one that rounds.</summary>
    [Theory]
    [InlineData(1e-7)]
    [InlineData(1e-200)]
    [InlineData(3.7)]
    [InlineData(1e9)]
    public void A_rescaled_loss_takes_the_same_path_bitwise(double scale)
    {
        double[][] Path(double s) => new Descent(w => (s * Square(w - 0.3)).Sum(), Rprop(0.1), [1, -2]).Walk(40);
        Assert.Equal(Path(1), Path(scale));
    }

    /// <summary>
    /// On |w| from 3 by 1, 2 to 0, where the slope is 0. On w²/2 from 2.5 by 1, 2 to −0.5, where the sign turned: with undo back by 2, and on by 1, half
    /// as long, and so on; without it no step, and back from there by 1.
    /// </summary>
    [Fact]
    public void Where_the_sign_turned_it_goes_on_by_a_shorter_step()
    {
        double[] Path(Func<Expr, Expr> f, bool undo, double start) => [.. new Descent(w => f(w).Sum(), Rprop(1, grow: 2, shrink: 0.5, undo: undo), [start]).Walk(10).Select(w => w[0])];
        Assert.Equal([3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0], Path(Abs, true, 3));
        Assert.Equal([2.5, 1.5, -0.5, 1.5, 0.5, -1.5, 0.5, -0.5, 0.5, 0, 0], Path(w => 0.5 * Square(w), true, 2.5));
        Assert.Equal([2.5, 1.5, -0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0, 0], Path(w => 0.5 * Square(w), false, 2.5));
    }

    [Fact]
    public void Its_steps_stay_between_floor_and_ceiling()
    {
        var run = new Descent(w => (Square(w) + Sin(5 * w)).Sum(), Rprop(0.1, min: 0.01, max: 0.4), [5, -3, 0.2, 0]);
        var seen = new List<double>();
        for (var k = 0; k < 100; k++)
        {
            run.Step();
            seen.AddRange(run["w/size"]);
        }
        Assert.All(seen, x => Assert.InRange(x, 0.01, 0.4));
        Assert.Contains(0.01, seen);
        Assert.Contains(0.4, seen);
    }
}
