using Xunit;

namespace OptDsl.Generators.Tests;

public class SmokeTests
{
    [Fact]
    public void Digits()
    {
        var source = """
            partial class Digits
            {
                [Compile]
                static Model Model =>
                    Input(784).Dense(128).Relu().Dense(10)
                        .Loss(SoftmaxCrossEntropy)
                        .Minimize(AdamW(lr: Warmup(500) * Cosine(3e-4, steps: 20_000)));
            }
            """;
        var g = Generated.Of(source);
        Assert.Empty(g.Problems);
        Assert.Equal(Executed.Models(g.Compilation), g.Models);
        Assert.Single(g.Sources);
    }
}
