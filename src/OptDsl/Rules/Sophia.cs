using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·(clip(m / max(gamma·h, eps), 1) + decay·w), h a curvature. https://arxiv.org/abs/2305.14342, algorithm 3.</summary>
    public static Rule Sophia(Expr lr, Func<Expr, Expr>? curvature = null, int k = 10, Expr? b1 = null, Expr? b2 = null, Expr? gamma = null, Expr? decay = null) =>
        ScaleBySophia(curvature, k, b1, b2, gamma).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
