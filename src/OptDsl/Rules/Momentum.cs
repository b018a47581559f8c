namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← mu·v + (1 − dampening)·g; w ← w − lr·v. Polyak's heavy ball in PyTorch's convention, the rate outside the velocity.</summary>
    public static Rule Momentum(Expr lr, Expr? mu = null, Expr? dampening = null, bool nesterov = false) =>
        Trace(Share(mu, 0.9), dampening, nesterov).Then(Scale(Rate(lr)));
}
