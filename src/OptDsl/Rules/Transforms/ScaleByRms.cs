namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// v ← rho·v + (1 − rho)·g²; u = g / (√v + eps), or with eps <paramref name="inside"/> the root u = g / √(v + eps).
    /// https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
    /// </summary>
    public static Rule ScaleByRms(Expr? rho = null, Expr? eps = null, bool inside = false) => Rule.Of((g, v) =>
    {
        Expr decay = Share(rho, 0.99), epsilon = eps ?? 1e-8;
        v = decay * v + (1 - decay) * Square(g);
        return (g / (inside ? Sqrt(v + epsilon) : Sqrt(v) + epsilon), v);
    }).Slots("v");
}
