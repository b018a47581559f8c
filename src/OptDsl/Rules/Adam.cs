namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·m̂/(√v̂ + eps). https://arxiv.org/abs/1412.6980, algorithm 1.</summary>
    public static Rule Adam(Expr lr, Expr? b1 = null, Expr? b2 = null, Expr? eps = null) =>
        ScaleByAdam(b1, b2, eps).Then(Scale(Rate(lr)));
}
