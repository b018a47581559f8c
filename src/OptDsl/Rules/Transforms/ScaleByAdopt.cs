namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·clip(g / max(√v, eps), t^¼) with the v of the step before; u = m; v ← b2·v + (1 − b2)·g². The first
    /// gradient only makes v = g², since it is clipped to 0. https://arxiv.org/abs/2411.02853, algorithm 2; t = Step.
    /// </summary>
    public static Rule ScaleByAdopt(Expr? b1 = null, Expr? b2 = null, Expr? eps = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.9999), fresh = Where(Equal(Step, 0), 1, 1 - beta2), limit = Sqrt(Sqrt(Step));
        return Rule.Of((g, m, v) =>
        {
            var scaled = Min(Max(g / Max(Sqrt(v), eps ?? 1e-6), -limit), limit);
            m = beta1 * m + (1 - beta1) * scaled;
            return (m, m, beta2 * v + fresh * Square(g));
        }).Slots("m", "v");
    }
}
