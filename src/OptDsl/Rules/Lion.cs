namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·(sign(b1·m + (1 − b1)·g) + decay·w). https://arxiv.org/abs/2302.06675, algorithm 2.</summary>
    public static Rule Lion(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? decay = null) =>
        ScaleByLion(b1, b2).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
