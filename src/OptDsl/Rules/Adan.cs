namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← (w − lr·u) / (1 + lr·decay), u of <see cref="ScaleByAdan"/>. https://arxiv.org/abs/2208.06677, algorithm 1.</summary>
    public static Rule Adan(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? b3 = null, Expr? eps = null, Expr? decay = null) =>
        ScaleByAdan(b1, b2, b3, eps).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr) / (1 + lr * (decay ?? 0))));
}
