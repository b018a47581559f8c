namespace OptDsl;

public static partial class Dsl
{
    /// <summary>r = m̂/(√v̂ + eps) + decay·w; w ← w − lr·‖w‖/‖r‖·r. https://arxiv.org/abs/1904.00962, algorithm 2.</summary>
    public static Rule Lamb(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? decay = null) =>
        ScaleByAdam(b1, b2, eps ?? 1e-6).Then(AddDecayedWeights(decay ?? 0)).Then(ScaleByTrustRatio()).Then(Scale(Rate(lr)));
}
