namespace OptDsl;

public static partial class Dsl
{
    /// <summary>Adam with Nesterov's look ahead and a momentum that rises to b1. https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ.</summary>
    public static Rule NAdam(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? psi = null) => ScaleByNadam(b1, b2, eps, psi).Then(Scale(Rate(lr)));
}
