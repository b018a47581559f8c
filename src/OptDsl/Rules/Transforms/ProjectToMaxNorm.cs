namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w′ = w − u; w ← w′·min(1, max / ‖w′‖), ‖w′‖ of what leads to one unit: a column of a matrix [in, out]; vectors pass. It stands last.
    /// https://jmlr.org/papers/v15/srivastava14a.html, section 5.1.
    /// </summary>
    public static Rule ProjectToMaxNorm(Expr max) =>
        Rule.Of(u => Param - (Param - u) * Min(1, max / Sqrt(Square(Param - u).Sum(-2, keep: true)))).For(p => p.Rank > 1);
}
