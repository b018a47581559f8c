namespace OptDsl;

public static partial class Dsl
{
    /// <summary>1.0507·elu(x, 1.6733): activations of normalised inputs stay normalised. https://arxiv.org/abs/1706.02515, equation 2.</summary>
    public static Expr Selu(Expr x) => 1.0507009873554805 * Elu(x, 1.6732632423543772);
}

public static partial class Fluent
{
    /// <summary>1.0507·elu(x, 1.6733): activations of normalised inputs stay normalised. https://arxiv.org/abs/1706.02515, equation 2.</summary>
    public static Expr Selu(this Expr x) => Dsl.Selu(x);
}
