namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// d = g − g′, 0 at first; m ← b1·m + (1 − b1)·g; v ← b2·v + (1 − b2)·d; n ← b3·n + (1 − b3)·(g + b2·d)²;
    /// u = (m̂ + b2·v̂) / (√n̂ + eps), each divided by its 1 − bᵗ. https://arxiv.org/abs/2208.06677, algorithm 1, whose β are 1 − b here.
    /// </summary>
    public static Rule ScaleByAdan(Expr? b1 = null, Expr? b2 = null, Expr? b3 = null, Expr? eps = null)
    {
        Expr beta1 = Share(b1, 0.98), beta2 = Share(b2, 0.92), beta3 = Share(b3, 0.99), t = Step + 1;
        return Rule.Of((g, m, v, n, before) =>
        {
            var d = Where(Equal(Step, 0), 0, g - before);
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * d;
            n = beta3 * n + (1 - beta3) * Square(g + beta2 * d);
            var look = m / (1 - Pow(beta1, t)) + beta2 / (1 - Pow(beta2, t)) * v;
            return (look / (Sqrt(n / (1 - Pow(beta3, t))) + (eps ?? 1e-8)), m, v, n, g);
        }).Slots("m", "v", "n", "g");
    }
}
