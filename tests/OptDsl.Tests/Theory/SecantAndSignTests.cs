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
        var path = new Descent(w => (2 * Square(w - 3)).Sum(), UserRules.QuickProp(1 / 12.0, growth: 10), [0]).Walk(3);
        Assert.Equal([0.0, 1, 3, 3], path.Select(w => w[0]));
    }

    [Fact]
    public void The_secant_step_grows_no_faster_than_its_limit()
    {
        // Concave on the way: the secant alone would jump, and where it is flat divide by zero.
        var path = new Descent(w => (w - Sin(w) / 2).Sum(), UserRules.QuickProp(0.1), [0.3]).Walk(12).Select(w => w[0]).ToArray();
        for (var k = 2; k <= 12; k++) Assert.True(Math.Abs(path[k] - path[k - 1]) <= 1.75 * Math.Abs(path[k - 1] - path[k - 2]) * (1 + 1e-13));
    }

    [Fact]
    public void Where_the_gradient_does_not_change_it_takes_a_gradient_step()
    {
        var path = new Descent(w => (2 * w).Sum(), UserRules.QuickProp(0.25), [1]).Walk(5);
        Assert.Equal([1, 0.5, 0, -0.5, -1, -1.5], path.Select(w => w[0]));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(-3e5)]
    public void On_a_constant_slope_the_step_grows_by_its_factor_to_its_ceiling_exactly(double g)
    {
        var run = new Descent(w => (g * w).Sum(), UserRules.Rprop(0.1, up: 1.2, longest: 3), [0]);
        var length = 0.1;
        for (var k = 0; k < 40; k++)
        {
            run.Step();
            Assert.Equal(length, run["w/length"][0]);
            length = Math.Min(1.2 * length, 3);
        }
        Assert.Equal(3, length);
    }

    /// <summary>The slope's sign alone matters: any positive factor, also one that rounds.</summary>
    [Theory]
    [InlineData(1e-7)]
    [InlineData(3.7)]
    [InlineData(1e9)]
    public void A_rescaled_loss_takes_the_same_path_bitwise(double scale)
    {
        double[][] Path(double s) => new Descent(w => (s * Square(w - 0.3)).Sum(), UserRules.Rprop(0.1), [1, -2]).Walk(40);
        Assert.Equal(Path(1), Path(scale));
    }

    /// <summary>
    /// From 3 by 1, 2: at 0 and beyond the sign turns. |w|: 3 → 2 → 0, where the slope is 0 and nothing moves.
    /// w²/2 from 2.5: 1.5, −0.5 (turned: back to 1.5, on by 1), 0.5, −1.5 (turned: back to 0.5, on by 1), −0.5 (turned: back to 0.5, on by 1/2), 0.
    /// </summary>
    [Fact]
    public void It_goes_back_where_the_sign_turned_and_on_by_a_shorter_step()
    {
        var rule = UserRules.Rprop(1, up: 2, down: 0.5);
        Assert.Equal([3.0, 2, 0, 0], new Descent(w => Abs(w).Sum(), rule, [3]).Walk(3).Select(w => w[0]));
        Assert.Equal([2.5, 1.5, -0.5, 0.5, -1.5, -0.5, 0, 0], new Descent(w => (0.5 * Square(w)).Sum(), rule, [2.5]).Walk(7).Select(w => w[0]));
    }

    [Fact]
    public void Its_steps_stay_between_floor_and_ceiling()
    {
        var run = new Descent(w => (Square(w) + Sin(5 * w)).Sum(), UserRules.Rprop(0.1, longest: 0.4, shortest: 0.01), [5, -3, 0.2, 0]);
        var seen = new List<double>();
        for (var k = 0; k < 100; k++)
        {
            run.Step();
            seen.AddRange(run["w/length"]);
        }
        Assert.All(seen, x => Assert.InRange(x, 0.01, 0.4));
        Assert.Contains(0.01, seen);
        Assert.Contains(0.4, seen);
    }
}
