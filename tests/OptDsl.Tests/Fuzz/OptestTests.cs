using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Fuzz;

/// <summary>A slice of <c>optest</c>.</summary>
public class OptestTests
{
    [Fact]
    public void Each_primitive_has_the_interpreters_bits_near_the_truth()
    {
        var printed = new StringWriter();
        Assert.True(OptestCommand.Run(every: 13, only: null, printed) == 0, printed.ToString());
    }

    [Theory]
    [InlineData("add [17], [17]", "V.Store(", "V.Store(V.Create(3) + ")]
    [InlineData("larger [3, 2, 33], [3, 2, 33]", "V.Larger(", "V.Smaller(")]
    [InlineData("normalCdf [B, 15]", ".NormalCdf(", ".Sigmoid(")]
    [InlineData("sum [B, 33] along 0", ".Add(", ".Max(")]
    [InlineData("slice [B, 17] 9 from 8 along 0", ".At(8)", ".At(7)")]
    public void Code_that_computes_something_else_is_found(string name, string text, string by)
    {
        var of = OpCase.All.Single(c => c.ToString() == name);
        foreach (var precision in new[] { Precision.Single, Precision.Double })
        {
            Assert.True(OpRun.Check(of, precision, seed: 1).Samples > 0);
            Assert.Throws<MismatchException>(() => OpRun.Check(of, precision, seed: 1, emitted => emitted.Replace(text, by, StringComparison.Ordinal)));
        }
    }
}
