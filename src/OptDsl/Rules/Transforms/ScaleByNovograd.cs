namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// v ← b2·v + (1 − b2)·‖g‖², at first ‖g‖²: one number per tensor; m ← b1·m + g/(√v + eps) + decay·w; u = m.
    /// https://arxiv.org/abs/1905.11286, algorithm 1.
    /// </summary>
    public static Rule ScaleByNovograd(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? decay = null)
    {
        Expr beta1 = Share(b1, 0.95), beta2 = Share(b2, 0.98);
        return Rule.Of(init: p => (0 * p, 0 * p.Sum()), step: (g, m, v) =>
        {
            var square = Square(g).Sum();
            v = Where(Equal(Step, 0), square, beta2 * v + (1 - beta2) * square);
            m = beta1 * m + Decayed(g / (Sqrt(v) + (eps ?? 1e-8)), decay);
            return (m, m, v);
        }).Slots("m", "v");
    }
}
