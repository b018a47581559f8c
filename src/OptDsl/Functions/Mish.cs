namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x·tanh(log(1 + eˣ)). https://arxiv.org/abs/1908.08681</summary>
    public static Expr Mish(Expr x) => x * Tanh(Softplus(x));
}

public static partial class Fluent
{
    /// <summary>x·tanh(log(1 + eˣ)). https://arxiv.org/abs/1908.08681</summary>
    public static Expr Mish(this Expr x) => Dsl.Mish(x);
}
