namespace OptDsl;

public static partial class Fluent
{
    /// <summary>(x − mean) / √(variance + eps)·gain + bias along the last dimension. https://arxiv.org/abs/1607.06450, equation 4.</summary>
    public static Expr LayerNorm(this Expr x, double eps = 1e-5)
    {
        var layer = new LayerInfo("layerNorm");
        var centred = x - x.Mean(-1, keep: true);
        return centred / Dsl.Sqrt(Dsl.Square(centred).Mean(-1, keep: true) + eps)
            * Dsl.LayerParameter(layer, "gain", [x.Shape.Last], Init.One) + Dsl.LayerParameter(layer, "bias", [x.Shape.Last], Init.Zero);
    }
}
