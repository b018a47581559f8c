namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam whose v moves by at most (1 − b2)·g² a step. https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization, algorithm 2.</summary>
    public static Rule Yogi(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? initial = null) => ScaleByYogi(b1, b2, eps, initial).Then(Scale(Rate(lr)));
}
