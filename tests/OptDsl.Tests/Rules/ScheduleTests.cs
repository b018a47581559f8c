using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Rules;

/// <summary>Schedules against their formula in plain doubles: at the start, around every join, past the end, at 2³¹ and far beyond.</summary>
public class ScheduleTests
{
    static readonly Dictionary<string, (Expr Schedule, Func<long, double> Formula)> all = new()
    {
        ["1 / (k + 1)"] = (InverseTime(0.5), k => 0.5 / (k + 1)),
        ["1 / (1 + 0.1·k)"] = (InverseTime(0.5, 0.1), k => 0.5 / (1 + 0.1 * k)),
        ["1 / (k + 1)²"] = (InverseSquare(0.5), k => 0.5 / ((k + 1.0) * (k + 1.0))),
        ["exponential"] = (Exponential(0.5, 1e-3), k => 0.5 * Math.Exp(-1e-3 * k)),
        ["steps"] = (StepDecay(0.5, 0.7, 10), k => 0.5 * Math.Pow(0.7, k / 10)),
        ["steps that change nothing"] = (StepDecay(0.5, 1, 3), k => 0.5),
        ["several steps"] = (MultiStep(0.5, 0.1, 10, 40, 1000), k => 0.5 * (k < 10 ? 1 : k < 40 ? 0.1 : k < 1000 ? 0.1 * 0.1 : 0.1 * 0.1 * 0.1)),
        ["warmup"] = (Warmup(10), k => Math.Min(1, (k + 1) / 10.0)),
        ["cosine"] = (Cosine(0.5, 100, 0.1), k => k >= 100 ? 0.1 : 0.1 + 0.4 * (1 + Math.Cos(Math.PI * k / 100)) / 2),
        ["a line"] = (Polynomial(0.5, 100, final: 0.1), k => k >= 100 ? 0.1 : 0.5 - 0.4 * k / 100),
        ["a parabola"] = (Polynomial(0.5, 100, 2), k => k >= 100 ? 0 : 0.5 * Math.Pow(1 - k / 100.0, 2)),
        ["a root"] = (Polynomial(0.5, 100, 0.5), k => k >= 100 ? 0 : 0.5 * Math.Sqrt(1 - k / 100.0)),
        ["pieces"] = (PiecewiseConstant([0.5, 0.1, 0.2], 10, 40), k => k < 10 ? 0.5 : k < 40 ? 0.1 : 0.2),
        ["one piece"] = (PiecewiseConstant([0.5]), k => 0.5),
        ["joined"] = (Join(0.5 * Warmup(10), 10, Join(Cosine(0.5, 30, 0.1), 30, InverseTime(0.1))), k => k < 10 ? 0.5 * (k + 1) / 10 : k < 40 ? 0.1 + 0.4 * (1 + Math.Cos(Math.PI * (k - 10) / 30)) / 2 : 0.1 / (k - 40 + 1)),
        ["restarts"] = (CosineRestarts(0.5, 10, final: 0.1), k => 0.1 + 0.4 * (1 + Math.Cos(Math.PI * (k % 10) / 10)) / 2),
        ["restarts that double"] = (CosineRestarts(0.5, 10, 2), k => Restarted(k, 10, 2)),
        ["restarts that treble"] = (CosineRestarts(0.5, 7, 3), k => Restarted(k, 7, 3)),
        ["restarts from one step on"] = (CosineRestarts(0.5, 1, 2), k => Restarted(k, 1, 2)),
        ["one cycle"] = (OneCycle(0.5, 100), k => k < 30 ? Between(0.02, 0.5, k / 30.0) : Between(0.5, 0.02 / 1e4, Math.Min(1, (k - 30) / 70.0))),
        ["one cycle of its own"] = (OneCycle(0.5, 40, 0.25, 10, 2), k => k < 10 ? Between(0.05, 0.5, k / 10.0) : Between(0.5, 0.025, Math.Min(1, (k - 10) / 30.0))),
    };

    /// <summary>Joins and their neighbours; for restarts every beginning up to 2⁴⁰.</summary>
    static readonly long[] steps = [.. Enumerable.Range(0, 151).Select(k => (long)k), 999, 1000, 1001,
        .. Enumerable.Range(1, 39).SelectMany(n => new[] { 10L, 1 }.SelectMany(first => new[] { -1L, 0, 1 }.Select(near => first * ((1L << n) - 1) + near))),
        .. Enumerable.Range(1, 22).SelectMany(n => new[] { -1L, 0, 1 }.Select(near => 7 * ((long)Math.Pow(3, n) - 1) / 2 + near)),
        int.MaxValue - 1L, int.MaxValue, 1L << 31, (1L << 31) + 1, 1L << 40];

    public static TheoryData<string> Names => [.. all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schedule_is_its_formula(string name)
    {
        var (schedule, formula) = all[name];
        foreach (var step in steps.Distinct())
            Assert.True(Math.Abs(ScheduleLaws.At(schedule, step) - formula(step)) is var off && off <= 1e-9 * formula(step) + 1e-13, $"at step {step} it is {ScheduleLaws.At(schedule, step):R}, not {formula(step):R}");
    }

    /// <summary>Slow and sure: the cycles one after the other.</summary>
    static double Restarted(long k, long length, int growth)
    {
        for (; k >= length; length *= growth) k -= length;
        return 0.5 * (1 + Math.Cos(Math.PI * k / length)) / 2;
    }

    static double Between(double from, double to, double at) => to + (from - to) * (1 + Math.Cos(Math.PI * at)) / 2;

    [Fact]
    public void What_is_no_schedule_is_refused()
    {
        Action[] wrong = [() => PiecewiseConstant([0.1], 5), () => PiecewiseConstant([0.1, 0.2, 0.3], 5, 5), () => OneCycle(0.1, 10, 1), () => OneCycle(0.1, 0), () => StepDecay(0.1, 0.5, 0), () => Join(0.1, 0, 0.2), () => CosineRestarts(0.1, 5, 0)];
        Assert.All(wrong, make => Assert.Equal("OPT0102", Assert.Throws<OptDslException>(make).Code));
    }
}
