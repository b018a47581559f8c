namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam that divides by the v of the step before, and takes momentum after dividing. https://arxiv.org/abs/2411.02853, algorithm 2.</summary>
    public static Rule Adopt(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? decay = null) =>
        ScaleByAdopt(b1, b2, eps).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
