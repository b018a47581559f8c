namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; v ← max(b2·v, |g| + eps); u = m / ((1 − b1ᵗ)·v), t = Step + 1. https://arxiv.org/abs/1412.6980, algorithm 2,
    /// whose v may be 0; eps keeps it above.
    /// </summary>
    public static Rule ScaleByAdamax(Expr? b1 = null, Expr? b2 = null, Expr? eps = null) => Rule.Of((g, m, v) =>
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999);
        m = beta1 * m + (1 - beta1) * g;
        v = Max(beta2 * v, Abs(g) + (eps ?? 1e-8));
        return (m / ((1 - Pow(beta1, Step + 1)) * v), m, v);
    }).Slots("m", "v");
}
