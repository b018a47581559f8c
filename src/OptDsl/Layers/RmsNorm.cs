namespace OptDsl;

public static partial class Fluent
{
    /// <summary>x / √(mean x² + eps)·gain along the last dimension. https://arxiv.org/abs/1910.07467, equation 4.</summary>
    public static Expr RmsNorm(this Expr x, double eps = 1e-5) =>
        x / Dsl.Sqrt(Dsl.Square(x).Mean(-1, keep: true) + eps) * Dsl.LayerParameter(new("rmsNorm"), "gain", [x.Shape.Last], Init.One);
}
