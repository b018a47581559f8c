namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; v ← v − (1 − b2)·sign(v − g²)·g²; u = m / (√v + eps), v from <paramref name="initial"/> on.
    /// https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization, algorithm 2.
    /// </summary>
    public static Rule ScaleByYogi(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? initial = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999);
        return Rule.Of(init: p => (0 * p, (initial ?? 1e-6) + 0 * p), step: (g, m, v) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v -= (1 - beta2) * Sign(v - Square(g)) * Square(g);
            return (m / (Sqrt(v) + (eps ?? 1e-3)), m, v);
        }).Slots("m", "v");
    }
}
