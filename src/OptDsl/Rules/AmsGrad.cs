namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam divided by the largest v so far, which converges where Adam's forgets. https://arxiv.org/abs/1904.09237, algorithm 2.</summary>
    public static Rule AmsGrad(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, bool epsFirst = false) =>
        ScaleByAmsgrad(b1, b2, eps, epsFirst).Then(Scale(Rate(lr)));
}
