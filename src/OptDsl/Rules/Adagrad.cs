namespace OptDsl;

public static partial class Dsl
{
    /// <summary>a ← a + g²; w ← w − lr·g / (√a + eps). https://jmlr.org/papers/v12/duchi11a.html, figure 1.</summary>
    public static Rule Adagrad(Expr lr, Expr? initial = null, Expr? eps = null) => ScaleByRss(initial, eps).Then(Scale(Rate(lr)));
}
