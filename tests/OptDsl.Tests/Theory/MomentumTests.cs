using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The two conventions of momentum: the rate inside the step, or outside the velocity. They differ when the rate changes.</summary>
public class MomentumTests
{
    static Expr Bowl(Expr w) => (0.5 * Square(w)).Sum();

    static Expr Slope(Expr w) => (2 * w).Sum();

    /// <summary>Rates and momentum are powers of two, so both conventions round the same way: not at all.</summary>
    [Fact]
    public void With_a_constant_rate_the_conventions_agree_bitwise()
    {
        var outside = new Descent(Bowl, Momentum(0.25, 0.5), [1, -3]).Walk(12);
        var inside = new Descent(Bowl, ClassicalMomentum(0.25, 0.5), [1, -3]).Walk(12);
        for (var k = 0; k <= 12; k++) Bits.AssertSame<double>(outside[k], inside[k]);
    }

    /// <summary>On a constant slope g = 2 the rate falls from 1/2 to 1/8 at step 3; the velocity's law knows only the present rate, the step's law remembers.</summary>
    [Fact]
    public void When_the_rate_changes_each_convention_keeps_its_own_law()
    {
        var rate = Where(Less(Step, 3), 0.5, 0.125);
        var outside = new Descent(Slope, Momentum(rate, 0.5), [0]).Walk(8);
        var inside = new Descent(Slope, ClassicalMomentum(rate, 0.5), [0]).Walk(8);
        double v = 0, d = 0, wOutside = 0, wInside = 0;
        for (var k = 0; k < 8; k++)
        {
            var lr = k < 3 ? 0.5 : 0.125;
            wOutside -= lr * (v = 0.5 * v + 2);
            wInside += d = 0.5 * d - lr * 2;
            Assert.Equal(wOutside, outside[k + 1][0]);
            Assert.Equal(wInside, inside[k + 1][0]);
        }
        Assert.Equal(outside[3], inside[3]);
        Assert.NotEqual(outside[4], inside[4]);
    }

    [Fact]
    public void The_first_step_is_the_gradient_times_the_rate()
    {
        Assert.Equal([-0.5], new Descent(Slope, Momentum(0.25, 0.75), [0]).Walk(1)[1]);
        Assert.Equal([-0.5], new Descent(Slope, ClassicalMomentum(0.25, 0.75), [0]).Walk(1)[1]);
    }

    /// <summary>v_k = g·(1 − mu^k)/(1 − mu), exact where mu is 1/2.</summary>
    [Fact]
    public void On_a_constant_slope_the_velocity_follows_its_closed_form_to_the_terminal_velocity()
    {
        var descent = new Descent(Slope, Momentum(0.25, 0.5), [0]);
        for (var k = 1; k <= 80; k++)
        {
            descent.Step();
            Assert.Equal(2 * (1 - Math.Pow(0.5, k)) / (1 - 0.5), descent["w/v"][0]);
        }
        var slow = new Descent(Slope, Momentum(0.25, 0.99), [0]);
        for (var k = 1; k <= 3500; k++)
        {
            slow.Step();
            // Each step rounds by half an ulp of v at most and keeps 0.99 of what was rounded before: 100 halves in the end.
            Assert.Equal(2 * (1 - Math.Pow(0.99, k)) / (1 - 0.99), slow["w/v"][0], 200 * 100 * 1.2e-16);
        }
        Assert.Equal(200, slow["w/v"][0], 1e-11);
    }

    /// <summary>With p = −lr·v and c = lr·a, p² + c·w² − c·p·w is constant when mu = 1: the motion never settles. Known to be 1, it would be refused.</summary>
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.01, 30)]
    public void Without_friction_the_energy_stays(double lr, double a)
    {
        var c = lr * a;
        var descent = new Descent(w => (0.5 * a * Square(w)).Sum(), Momentum(lr, 1 + 0 * Step), [1]);
        double Energy()
        {
            double p = -lr * descent["w/v"][0], w = descent.At[0];
            return p * p + c * w * w - c * p * w;
        }
        var (first, largest) = (Energy(), 0.0);
        for (var k = 1; k <= 3000; k++)
        {
            descent.Step();
            // A few roundings a step, each of at most 2⁻⁵³ of the energy.
            Assert.InRange(Energy() / first, 1 - k * 1e-15, 1 + k * 1e-15);
            if (k > 2900) largest = Math.Max(largest, Math.Abs(descent.At[0]));
        }
        Assert.True(largest > 0.9);
    }
}
