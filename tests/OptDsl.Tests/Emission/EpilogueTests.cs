using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Emission;

/// <summary>What a tile can inline sixteen times is inlined; a longer epilogue is applied in a loop, with the same bits.</summary>
public class EpilogueTests
{
    // Three gradients meet behind a layer norm, as those of queries, keys and values do.
    static Model Meeting()
    {
        Expr x = Input([3, 20]).Dense(33), y = x.LayerNorm();
        x += y.Dense(33).Tanh() * y.Dense(33).Sigmoid() * y.Dense(33);
        return x.LayerNorm().Dense(4).Loss(SquaredError).Minimize(Adam(0.01));
    }

    [Fact]
    public void A_long_epilogue_is_applied_in_a_loop()
    {
        Assert.Contains(" : IHeavySink<float>", Emitted.Text(Meeting(), Precision.Single, 0), StringComparison.Ordinal);
        Assert.DoesNotContain("IHeavySink", Emitted.Text(Input(20).Dense(33).Relu().Dense(4).Loss(SquaredError).Minimize(Adam(0.01)), Precision.Single, 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VectorWidth.Bits512)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits128)]
    [InlineData(VectorWidth.Scalar)]
    public void Its_bits_are_those_of_the_interpreter(VectorWidth width)
    {
        using var learner = emitted.Value.Create<float>(0, new(5, 9, 1, width));
        SameBits.Check<float, Real32>(learner, Meeting(), [9, 4, 1], 5);
        using var precise = emitted.Value.Create<double>(1, new(6, 9, 2, width));
        SameBits.Check<double, Real64>(precise, Meeting(), [9, 4, 1], 6);
    }

    static readonly Lazy<Emitted> emitted = new(() => new([(Meeting(), Precision.Single), (Meeting(), Precision.Double)]));
}
