namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam whose adaptive rate waits until its variance is known, and is rectified then. https://arxiv.org/abs/1908.03265, algorithm 2.</summary>
    public static Rule RAdam(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? threshold = null) =>
        ScaleByRadam(b1, b2, eps, threshold).Then(Scale(Rate(lr)));
}
