namespace OptDsl;

public static partial class Dsl
{
    /// <summary>x·Φ(x), Φ as <see cref="NormalCdf"/>. https://arxiv.org/abs/1606.08415, §2.</summary>
    public static Expr Gelu(Expr x) => x * NormalCdf(x);
}

public static partial class Fluent
{
    /// <summary>x·Φ(x), Φ as <see cref="Dsl.NormalCdf"/>. https://arxiv.org/abs/1606.08415, §2.</summary>
    public static Expr Gelu(this Expr x) => Dsl.Gelu(x);
}
