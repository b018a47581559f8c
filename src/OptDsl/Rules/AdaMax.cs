namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·m̂/v, v the decaying maximum of |g|. https://arxiv.org/abs/1412.6980, algorithm 2.</summary>
    public static Rule AdaMax(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null) => ScaleByAdamax(b1, b2, eps).Then(Scale(Rate(lr)));
}
