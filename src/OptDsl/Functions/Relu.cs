namespace OptDsl;

public static partial class Dsl
{
    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public static Expr Relu(Expr x) => Where(LessEqual(x, 0), 0, x);
}

public static partial class Fluent
{
    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public static Expr Relu(this Expr x) => Dsl.Relu(x);
}
