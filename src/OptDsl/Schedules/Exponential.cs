namespace OptDsl;

public static partial class Dsl
{
    /// <summary>start·e^(−rate·Step)</summary>
    public static Expr Exponential(Expr start, Expr rate) => start * Exp(-rate * Step);
}
