namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// γ = lr·√(1 − b2ᵗ); z ← z − γ·(g/(√v + eps) + decay·y); x ← (1 − c)·x + c·z, c = γ²/Σγ²; y = (1 − b1)·z + b1·x holds the weights.
    /// https://arxiv.org/abs/2405.15682, algorithm 1.
    /// </summary>
    public static Rule ScheduleFreeAdamW(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? decay = null)
    {
        var rate = Rate(lr) * Sqrt(1 - Pow(Share(b2, 0.999), Step + 1));
        return ScaleByRms(Share(b2, 0.999), eps).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(rate)).Then(ScheduleFree(rate, b1));
    }
}
