namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// μₜ = b1·(1 − ½·0.96^(t·psi)); m, v as Adam's; u = (μₜ₊₁·m / (1 − Π₁ᵗ⁺¹μ) + (1 − μₜ)·g / (1 − Π₁ᵗμ)) / (√v̂ + eps), t = Step + 1.
    /// A large psi is the form without a schedule, μ = b1. https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ.
    /// </summary>
    public static Rule ScaleByNadam(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? psi = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), t = Step + 1;
        Expr Mu(Expr k) => beta1 * (1 - 0.5 * Pow(0.96, k * (psi ?? 0.004)));
        return Rule.Of(init: p => (0 * p, 0 * p, 1 + 0 * p.Sum()), step: (g, m, v, product) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            product *= Mu(t);
            var look = Mu(t + 1) / (1 - product * Mu(t + 1)) * m + (1 - Mu(t)) / (1 - product) * g;
            return (look / (Sqrt(v / (1 - Pow(beta2, t))) + (eps ?? 1e-8)), m, v, product);
        }).Slots("m", "v", "product");
    }
}
