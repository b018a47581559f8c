namespace OptDsl;

public static partial class Dsl
{
    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))), the approximation of GELU. https://arxiv.org/abs/1606.08415, §2.</summary>
    public static Expr GeluTanh(Expr x) => 0.5 * x * (1 + Tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}

public static partial class Fluent
{
    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))), the approximation of GELU. https://arxiv.org/abs/1606.08415, §2.</summary>
    public static Expr GeluTanh(this Expr x) => Dsl.GeluTanh(x);
}
