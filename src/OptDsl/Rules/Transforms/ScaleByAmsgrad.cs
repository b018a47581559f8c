namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m, v as Adam's; max ← max(max, v); u = (m / (1 − b1ᵗ)) / (√(max / (1 − b2ᵗ)) + eps), or with <paramref name="epsFirst"/>
    /// √(1 − b2ᵗ)/(1 − b1ᵗ)·m / (√max + eps). https://arxiv.org/abs/1904.09237, algorithm 2, with Adam's corrections as PyTorch has them.
    /// </summary>
    public static Rule ScaleByAmsgrad(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, bool epsFirst = false)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), epsilon = eps ?? 1e-8, t = Step + 1;
        return Rule.Of((g, m, v, max) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            max = Max(max, v);
            if (epsFirst) return (Sqrt(1 - Pow(beta2, t)) / (1 - Pow(beta1, t)) * m / (Sqrt(max) + epsilon), m, v, max);
            return (m / (1 - Pow(beta1, t)) / (Sqrt(max / (1 - Pow(beta2, t))) + epsilon), m, v, max);
        }).Slots("m", "v", "max");
    }
}
