namespace OptDsl;

public static partial class Dsl
{
    /// <summary>log(1 + eˣ), without overflow or loss of small values; its derivative is the sigmoid.</summary>
    public static Expr Softplus(Expr x) => Build.Elementwise(Primitive.Softplus, x);
}

public static partial class Fluent
{
    /// <summary>log(1 + eˣ), without overflow or loss of small values; its derivative is the sigmoid.</summary>
    public static Expr Softplus(this Expr x) => Dsl.Softplus(x);
}
