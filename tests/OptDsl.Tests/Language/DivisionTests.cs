using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>What a reciprocal instead of a division, and a factor elsewhere, must not change.</summary>
public class DivisionTests
{
    [Fact]
    public void Whole_multiples_have_no_remainder()
    {
        var remainders = Enumerable.Range(1, 200).Select(n => Parameter(start: [n, 2.0 * n]) % n).Aggregate((a, b) => a + b).Sum().Minimize(Sgd(0.1));
        using var floats = remainders.Compile();
        using var doubles = remainders.Compile<double>();
        Assert.Equal(0, floats.Evaluate(Batch.Empty));
        Assert.Equal(0, doubles.Evaluate(Batch.Empty));
    }

    [Theory]
    [InlineData(1e-23)]
    [InlineData(1e-18)]
    [InlineData(1)]
    [InlineData(1e18)]
    [InlineData(1e24)]
    public void What_is_scaled_stays_in_range(double unit)
    {
        using var learner = Square((Parameter(3 * unit) - Parameter(unit)) / unit).Minimize(Sgd(0.1)).Compile();
        Assert.Equal(4, learner.Evaluate(Batch.Empty), 1e-5);
    }
}
