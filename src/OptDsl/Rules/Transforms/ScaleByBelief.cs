namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; s ← b2·s + (1 − b2)·(g − m)² + eps; u = (m / (1 − b1ᵗ)) / (√(s / (1 − b2ᵗ)) + eps), t = Step + 1.
    /// https://arxiv.org/abs/2010.07468, algorithm 2.
    /// </summary>
    public static Rule ScaleByBelief(Expr? b1 = null, Expr? b2 = null, Expr? eps = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), epsilon = eps ?? 1e-8, t = Step + 1;
        return Rule.Of((g, m, s) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            s = beta2 * s + (1 - beta2) * Square(g - m) + epsilon;
            return (m / (1 - Pow(beta1, t)) / (Sqrt(s / (1 - Pow(beta2, t))) + epsilon), m, s);
        }).Slots("m", "s");
    }
}
