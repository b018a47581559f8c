using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using OptDsl.Tests.Runtime;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Every schedule is its closed form at any step: at the first, at the joins, at a million, and at the largest 32-bit number.</summary>
public class SchedulesTests
{
    public static TheoryData<long> Steps => [0, 1, 2, 9, 10, 11, 99, 100, 101, 1_000_000, int.MaxValue];

    /// <summary>The rate of step k, from a slot that keeps it.</summary>
    static double At(Expr schedule, long k)
    {
        var run = new Descent(w => w.Sum(), Rule.Of((g, rate) => (g, schedule)), [0]) { Steps = k };
        run.Step();
        return run["w/slot1"][0];
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Linear_decay_is_the_start_over_the_steps(long k) => Assert.Equal(0.3 / (k + 1), At(InverseTime(0.3), k));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Decay_in_time_is_the_start_over_one_plus_rate_times_steps(long k) => Assert.Equal(0.3 / (1 + 0.01 * k), At(InverseTime(0.3, 0.01), k));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Quadratic_decay_is_the_start_over_the_square_of_the_steps(long k) =>
        Assert.Equal(0.3 / ((k + 1.0) * (k + 1.0)), At(InverseSquare(0.3), k));

    /// <summary>Exp to an ulp of its argument's rounding: |beta·k| ulps in the result; far out it is zero and stays there.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void Exponential_decay_is_the_start_times_e_to_minus_rate_times_steps(long k)
    {
        var expected = 0.3 * Math.Exp(-0.01 * k);
        Assert.Equal(expected, At(Exponential(0.3, 0.01), k), expected * 4 * 2.3e-16 * (1 + Math.Min(0.01 * k, 745)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Exponential_decay_has_a_constant_ratio(long k) =>
        Assert.Equal(Math.Exp(-0.01), At(Exponential(0.3, 0.01), k + 1) / At(Exponential(0.3, 0.01), k), 1e-15 * (1 + 0.01 * k));

    /// <summary>start·alpha^⌊k/N⌋, here with a power of two and N = 10: a jump at each multiple, and nowhere else.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_decay_is_constant_between_its_jumps(long k)
    {
        var schedule = StepDecay(0.3, 0.5, 10);
        var expected = 0.3 * Math.Pow(0.5, Math.Floor(k / 10.0));
        Assert.Equal(expected, At(schedule, k), expected * 4 * 2.3e-16 * (1 + Math.Min(k / 10.0, 1100)));
        if (k < 1000) Assert.Equal(At(schedule, k / 10 * 10), At(schedule, k));
    }

    /// <summary>⌊k/N⌋ from a product with 1/N would be one too low where N·(1/N) rounds down: 49·(1/49) &lt; 1.</summary>
    [Fact]
    public void Step_decay_jumps_at_the_multiple_itself_whatever_the_period()
    {
        for (var n = 1; n <= 120; n++)
            foreach (var m in new[] { 1L, 3, 1000, int.MaxValue / n })
            {
                Assert.Equal(m, At(Floor(Step / n), m * n));
                if (n > 1) Assert.Equal(m - 1, At(Floor(Step / n), m * n - 1));
            }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Warmup_rises_in_equal_steps_and_then_stays(long k) => Assert.Equal(Math.Min(1, (k + 1) / 100.0), At(Warmup(100), k));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Cosine_falls_from_start_to_final_and_then_stays(long k)
    {
        Assert.Equal(0.01 + 0.29 * (1 + Math.Cos(Math.PI * Math.Min(k / 100.0, 1))) / 2, At(Cosine(0.3, 100, 0.01), k), 2e-16);
        if (k >= 100) Assert.Equal(0.01, At(Cosine(0.3, 100, 0.01), k));
        if (k == 0) Assert.Equal(0.3, At(Cosine(0.3, 100, 0.01), k), 1e-16);
    }

    /// <summary>The rate depends on the step and on nothing before it: a learner resumed there has the reference's bits.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 32)]
    public void A_learner_resumed_at_any_step_has_that_steps_rates_bitwise(long k)
    {
        var model = Parameter([0.0], "w").Sum().Minimize(Rule.Of((g, a, b, c) => (g, InverseTime(0.3, 0.01), StepDecay(0.3, 0.99999, 7), Warmup(100) * Cosine(0.3, 2_000_000))));
        using var folder = new TemporaryFolder();
        using var learner = model.Compile<double>();
        learner.Save(folder["first"]);
        File.WriteAllBytes(folder["later"], Forged.AtStep(File.ReadAllBytes(folder["first"]), k));
        learner.Load(folder["later"]);
        learner.Learn(Batch.Empty);
        var reference = new Descent(model) { Steps = k };
        reference.Step();
        Assert.Equal(k + 1, learner.Steps);
        foreach (var slot in learner.Slots) Bits.AssertSame<double>(reference[slot.Name], slot.ToArray());
    }

    [Fact]
    public void Joined_schedules_have_no_gap_and_fall_once_warm()
    {
        var schedule = Warmup(100) * Cosine(0.3, 1000, 0.01);
        double[] rates = [.. Enumerable.Range(0, 1100).Select(k => At(schedule, k))];
        for (var k = 1; k < 1100; k++)
        {
            Assert.True(Math.Abs(rates[k] - rates[k - 1]) <= 0.3 / 100 * (1 + 1e-12));
            if (k > 200) Assert.True(rates[k] <= rates[k - 1]);
            if (k < 50) Assert.True(rates[k] > rates[k - 1]);
        }
    }

    /// <summary>
    /// Rates whose sum diverges cross any distance on a constant slope, others stop within their sum: 1/k goes on by at least half
    /// its start in each doubling; 1/k² ends within π²/6, e^(−beta·k) within 1/(1 − e^(−beta)).
    /// </summary>
    [Fact]
    public void Only_a_rate_with_a_divergent_sum_crosses_any_distance()
    {
        double[] Way(Expr rate) => [.. new Descent(w => w.Sum(), Sgd(rate), [0]).Walk(2048).Select(w => -w[0])];
        double[] harmonic = Way(InverseTime(1)), square = Way(InverseSquare(1)), exponential = Way(Exponential(1, 0.01));
        for (var k = 1; k <= 1024; k *= 2) Assert.True(harmonic[2 * k] - harmonic[k] >= 0.5);
        Assert.InRange(square[2048], Math.PI * Math.PI / 6 - 1 / 2048.0, Math.PI * Math.PI / 6);
        Assert.Equal(1 / (1 - Math.Exp(-0.01)), exponential[2048], 1e-6);
    }

    /// <summary>A rate above twice the best escapes a narrow basin, and the falling rate then settles in a wide one; a small one never leaves.</summary>
    [Fact]
    public void A_large_first_rate_that_decays_leaves_a_narrow_basin()
    {
        // Narrow: curvature 50 at 0; wide: curvature 1 at 3, and lower.
        Expr Two(Expr w) => Min(25 * Square(w), 0.5 * Square(w - 3) - 1).Sum();
        Assert.Equal(0, new Descent(Two, Sgd(0.01), [0.1]).Walk(400)[^1][0], 1e-9);
        Assert.Equal(3, new Descent(Two, Sgd(Exponential(0.3, 0.01)), [0.1]).Walk(400)[^1][0], 1e-9);
    }
}
