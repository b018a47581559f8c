using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What many layers make of the angle between two inputs, before any training.</summary>
public class DepthTests
{
    const int Width = 400, Deep = 16;

    /// <summary>The cosine after so many layers, from orthogonal inputs.</summary>
    static double Cosine(Func<Expr, Expr> layer, int depth)
    {
        var y = Enumerable.Range(0, depth).Aggregate(Input(Width), (x, _) => layer(x));
        double[] inputs = [.. Enumerable.Range(0, 2 * Width).Select(i => i < Width == (i % 2 == 0) ? 1.0 : 0)];
        var outputs = new Descent(y.Loss(SquaredError).Minimize(Sgd(1)), seed: 3, ("input", inputs)).Predict(2);
        double[] a = outputs[..Width], b = outputs[Width..];
        double Dot(double[] x, double[] z) => x.Zip(z, (p, q) => p * q).Sum();
        return Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));
    }

    static Expr Rectified(Expr x) => x.Dense(Width, Init.HeNormal).Relu();

    /// <summary>c ← (√(1 − c²) + (π − arccos c)·c)/π, to the 1/√width by which a layer's inner products are off. Cho and Saul, 2009.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(Deep)]
    public void Rectified_layers_draw_inputs_together_as_their_kernel_says(int depth)
    {
        var c = 0.0;
        for (var layer = 0; layer < depth; layer++) c = (Math.Sqrt(1 - c * c) + (Math.PI - Math.Acos(c)) * c) / Math.PI;
        Assert.InRange(Cosine(Rectified, depth), c - 3 / Math.Sqrt(Width), c + 3 / Math.Sqrt(Width));
    }

    /// <summary>Deep down all inputs look alike, unless layers start nearly linear or are skipped: then the net is as if it were shallow.</summary>
    [Fact]
    public void Nearly_linear_layers_and_skipped_ones_keep_inputs_apart()
    {
        Assert.True(Cosine(Rectified, Deep) > 0.9);
        Assert.True(Math.Abs(Cosine(x => (0.1 * x.Dense(Width, Init.LeCunNormal)).Tanh() * 10, Deep)) < 0.3);
        Assert.True(Math.Abs(Cosine(x => x + 0.1 * Rectified(x).Dense(Width, Init.LeCunNormal), Deep)) < 0.3);
    }
}
