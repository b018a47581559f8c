using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

public class LossTests
{
    /// <summary>The product of the squared lengths is no float.</summary>
    [Fact]
    public void Long_vectors_have_an_angle()
    {
        using var learner = CosineDistance(Input(2, "x") * Parameter(1.0), Input(2, "t")).Minimize(Sgd(0.1)).Compile();
        float[] x = [1e10f, 0], t = [0, 1e10f];
        Assert.Equal(0, learner.Evaluate(new Batch(1, x, x)));
        Assert.Equal(1, learner.Evaluate(new Batch(1, x, t)));
    }
}
