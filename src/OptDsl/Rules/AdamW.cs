namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − lr·(m̂/(√v̂ + eps) + decay·w), the decay coupled to the rate; not <paramref name="coupled"/>, w ← w − lr·m̂/(√v̂ + eps) − decay·w.
    /// https://arxiv.org/abs/1711.05101, algorithm 2.
    /// </summary>
    public static Rule AdamW(Expr lr, Expr? decay = null, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, bool coupled = true)
    {
        var (adam, decayed) = (ScaleByAdam(b1, b2, eps), AddDecayedWeights(decay ?? 0.01));
        return coupled ? adam.Then(decayed).Then(Scale(Rate(lr))) : adam.Then(Scale(Rate(lr))).Then(decayed);
    }
}
