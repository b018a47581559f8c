namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// Adam with a second, slow mean of the gradient: m2 ← b3·m2 + (1 − b3)·g; u = (m̂ + alpha·m2) / (√v̂ + eps).
    /// https://arxiv.org/abs/2409.03137, algorithm 1; alpha and b3 may be schedules.
    /// </summary>
    public static Rule ScaleByAdemamix(Expr? b1 = null, Expr? b2 = null, Expr? b3 = null, Expr? alpha = null, Expr? eps = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), beta3 = Share(b3, 0.9999), t = Step + 1;
        return Rule.Of((g, m1, m2, v) =>
        {
            m1 = beta1 * m1 + (1 - beta1) * g;
            m2 = beta3 * m2 + (1 - beta3) * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            return ((m1 / (1 - Pow(beta1, t)) + (alpha ?? 5) * m2) / (Sqrt(v / (1 - Pow(beta2, t))) + (eps ?? 1e-8)), m1, m2, v);
        }).Slots("m1", "m2", "v");
    }
}
