namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x·σ(x), also called swish. https://arxiv.org/abs/1702.03118</summary>
    public static Expr Silu(Expr x) => x * Sigmoid(x);
}

public static partial class Fluent
{
    /// <summary>x·σ(x), also called swish. https://arxiv.org/abs/1702.03118</summary>
    public static Expr Silu(this Expr x) => Dsl.Silu(x);
}
