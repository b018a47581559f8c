namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← rho·m + (1 − rho)·g; v ← rho·v + (1 − rho)·g²; u = g / (√(v − m²) + eps), or with eps <paramref name="inside"/> the root.
    /// The variance is at least 0 whatever rounding says. https://arxiv.org/abs/1308.0850, equations 38 to 41.
    /// </summary>
    public static Rule ScaleByStddev(Expr? rho = null, Expr? eps = null, bool inside = false) => Rule.Of((g, m, v) =>
    {
        Expr decay = Share(rho, 0.99), epsilon = eps ?? 1e-8;
        m = decay * m + (1 - decay) * g;
        v = decay * v + (1 - decay) * Square(g);
        var variance = Max(v - Square(m), 0);
        return (g / (inside ? Sqrt(variance + epsilon) : Sqrt(variance) + epsilon), m, v);
    }).Slots("m", "v");
}
