namespace OptDsl;

public static partial class Fluent
{
    /// <summary>x above 0, a·x below, with one trained slope a that starts at 0.25. https://arxiv.org/abs/1502.01852, equation 1.</summary>
    public static Expr PRelu(this Expr x) =>
        Dsl.Where(Dsl.LessEqual(x, 0), Dsl.LayerParameter(new("prelu"), "slope", [], Init.Constant(0.25)) * x, x);
}
