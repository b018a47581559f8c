namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// u = g·min(1, clipping·max(‖w‖, eps) / ‖g‖) with the norms of what leads to one unit: a column of a matrix [in, out], a whole vector.
    /// https://arxiv.org/abs/2102.06171, equation 3.
    /// </summary>
    public static Rule AdaptiveClip(Expr? clipping = null, Expr? eps = null)
    {
        Expr Clipped(Expr g, Expr gNorm, Expr wNorm) => g * Min(1, (clipping ?? 0.01) * Max(wNorm, eps ?? 1e-3) / gNorm);
        Expr Column(Expr x) => Sqrt(Square(x).Sum(-2, keep: true));
        var units = Rule.Of(g => Clipped(g, Column(g), Column(Param)));
        return units.For(p => p.Rank > 1).Then(Rule.Of(g => Clipped(g, Norm(g), Norm(Param))).For(p => p.Rank < 2));
    }
}
