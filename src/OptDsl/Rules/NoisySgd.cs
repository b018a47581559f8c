namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·(g + √(eta/(1 + t)ᵞ)·z), z ~ N(0, 1), after t steps. https://arxiv.org/abs/1511.06807, §2.</summary>
    public static Rule NoisySgd(Expr lr, Expr? eta = null, Expr? gamma = null, Expr? seed = null) => AddNoise(eta ?? 0.01, gamma ?? 0.55, seed).Then(Scale(Rate(lr)));
}
