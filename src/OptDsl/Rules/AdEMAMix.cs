namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·((m̂ + alpha·m2)/(√v̂ + eps) + decay·w). https://arxiv.org/abs/2409.03137, algorithm 1.</summary>
    public static Rule AdEMAMix(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? b3 = null, Expr? alpha = null, Expr? eps = null, Expr? decay = null) =>
        ScaleByAdemamix(b1, b2, b3, alpha, eps).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
