namespace OptDsl;

public static partial class Dsl
{
    /// <summary>tanh x = (1 − e⁻²ˣ) / (1 + e⁻²ˣ); its derivative is 1 − tanh² x.</summary>
    public static Expr Tanh(Expr x) => Expr.Tanh(x);
}

public static partial class Fluent
{
    /// <summary>tanh x = (1 − e⁻²ˣ) / (1 + e⁻²ˣ); its derivative is 1 − tanh² x.</summary>
    public static Expr Tanh(this Expr x) => Dsl.Tanh(x);
}
