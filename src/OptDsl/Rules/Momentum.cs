namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← mu·v + g; w ← w − lr·v. Polyak's heavy ball in PyTorch's convention, the rate outside the velocity.</summary>
    public static Rule Momentum(Expr lr, Expr? mu = null) => Trace(mu ?? 0.9).Then(Scale(lr));
}
