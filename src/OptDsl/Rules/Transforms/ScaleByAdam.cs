namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; v ← b2·v + (1 − b2)·g²; u = (m / (1 − b1ᵗ)) / (√(v / (1 − b2ᵗ)) + eps), t = Step + 1.
    /// https://arxiv.org/abs/1412.6980, algorithm 1. With <paramref name="epsFirst"/> eps is added before the correction, as that paper's
    /// section 2 also does: u = √(1 − b2ᵗ)/(1 − b1ᵗ)·m / (√v + eps).
    /// </summary>
    public static Rule ScaleByAdam(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, bool epsFirst = false)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), epsilon = eps ?? 1e-8, t = Step + 1;
        return Rule.Of((g, m, v) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            if (epsFirst) return (Sqrt(1 - Pow(beta2, t)) / (1 - Pow(beta1, t)) * m / (Sqrt(v) + epsilon), m, v);
            var mHat = m / (1 - Pow(beta1, t));
            var vHat = v / (1 - Pow(beta2, t));
            return (mHat / (Sqrt(vHat) + epsilon), m, v);
        }).Slots("m", "v");
    }
}
