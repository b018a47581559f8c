namespace OptDsl;

public static partial class Dsl
{
    /// <summary>√x</summary>
    public static Expr Sqrt(Expr x) => Expr.Sqrt(x);

    /// <summary>eˣ</summary>
    public static Expr Exp(Expr x) => Expr.Exp(x);

    /// <summary>The natural logarithm.</summary>
    public static Expr Log(Expr x) => Expr.Log(x);

    /// <summary>|x|; the derivative at 0 is 0.</summary>
    public static Expr Abs(Expr x) => Expr.Abs(x);

    /// <summary>sin x</summary>
    public static Expr Sin(Expr x) => Expr.Sin(x);

    /// <summary>cos x</summary>
    public static Expr Cos(Expr x) => Expr.Cos(x);

    /// <summary>The largest integer not above x; its derivative is 0.</summary>
    public static Expr Floor(Expr x) => Expr.Floor(x);

    /// <summary>xⁿ by multiplication where n is a constant integer from −64 to 64, else exp(n·log x), which needs x &gt; 0.</summary>
    public static Expr Pow(Expr x, Expr n) => Expr.Pow(x, n);

    /// <summary>x²</summary>
    public static Expr Square(Expr x) => x * x;

    /// <summary>1, −1, or 0 as x is positive, negative, or zero; NaN stays NaN. Its derivative is 0.</summary>
    public static Expr Sign(Expr x) => Where(Greater(x, 0), 1, Where(Less(x, 0), -1, StopGradient(x)));

    /// <summary>The value, treated as a constant by the derivative.</summary>
    public static Expr StopGradient(Expr x) => Build.Marker(Primitive.StopGradient, x);
}
