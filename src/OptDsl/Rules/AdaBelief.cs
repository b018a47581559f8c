namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam with the variance of g around m in the place of the mean of g². https://arxiv.org/abs/2010.07468, algorithm 2.</summary>
    public static Rule AdaBelief(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null) => ScaleByBelief(b1, b2, eps).Then(Scale(Rate(lr)));
}
