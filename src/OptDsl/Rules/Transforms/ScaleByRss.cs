namespace OptDsl;

public static partial class Dsl
{
    /// <summary>a ← a + g²; u = g / (√a + eps), and a starts at <paramref name="initial"/>. https://jmlr.org/papers/v12/duchi11a.html, figure 1.</summary>
    public static Rule ScaleByRss(Expr? initial = null, Expr? eps = null) => Rule.Of(init: p => (initial ?? 0) + 0 * p, step: (g, a) =>
    {
        a += Square(g);
        return (g / (Sqrt(a) + (eps ?? 1e-10)), a);
    }).Slots("a");
}
