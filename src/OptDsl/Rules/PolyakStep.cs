namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − min((L − best) / (‖g‖² + eps), most)·g, the norm over all tensors; <paramref name="best"/> is the least loss there is, as far as one
    /// knows. Polyak 1969; the bound of SPS, https://arxiv.org/abs/2002.10542, equation 3.
    /// </summary>
    public static Rule PolyakStep(Expr? best = null, Expr? most = null, Expr? eps = null) => Rule.Of(g =>
    {
        var rate = Max((Loss - (best ?? 0)) / (GlobalSum(Square(g)) + (eps ?? 1e-12)), 0);
        return (most is null ? rate : Min(rate, most)) * g;
    });
}
