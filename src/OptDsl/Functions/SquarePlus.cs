namespace OptDsl;

public static partial class Dsl
{
    /// <summary>½(x + √(x² + b)), a softplus without exponentials. https://arxiv.org/abs/2112.11687, equation 1.</summary>
    public static Expr SquarePlus(Expr x, double b = 4) => 0.5 * (x + Sqrt(x * x + b));
}

public static partial class Fluent
{
    /// <summary>½(x + √(x² + b)), a softplus without exponentials. https://arxiv.org/abs/2112.11687, equation 1.</summary>
    public static Expr SquarePlus(this Expr x, double b = 4) => Dsl.SquarePlus(x, b);
}
