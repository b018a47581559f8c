namespace OptDsl;

public static partial class Dsl
{
    /// <summary>1 / (1 + e⁻ˣ); its derivative is σ(1 − σ).</summary>
    public static Expr Sigmoid(Expr x) => Build.Elementwise(Primitive.Sigmoid, x);
}

public static partial class Fluent
{
    /// <summary>1 / (1 + e⁻ˣ); its derivative is σ(1 − σ).</summary>
    public static Expr Sigmoid(this Expr x) => Dsl.Sigmoid(x);
}
