namespace OptDsl;

public static partial class Dsl
{
    /// <summary>start / (1 + rate·Step); with rate 1 the linear decay start / (k + 1).</summary>
    public static Expr InverseTime(Expr start, Expr? rate = null) => start / (1 + (rate ?? 1) * Step);
}
