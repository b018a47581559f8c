namespace OptDsl;

public static partial class Dsl
{
    /// <summary>start / (1 + rate·Step)²; with rate 1 the quadratic decay start / (k + 1)².</summary>
    public static Expr InverseSquare(Expr start, Expr? rate = null) => start / Square(1 + (rate ?? 1) * Step);
}
