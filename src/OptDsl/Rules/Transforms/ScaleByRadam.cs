namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// ρ∞ = 2/(1 − b2) − 1, ρₜ = ρ∞ − 2·t·b2ᵗ/(1 − b2ᵗ); where ρₜ > <paramref name="threshold"/>, 5 in libraries and 4 in the paper,
    /// u = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ))·m̂·√(1 − b2ᵗ)/(√v + eps), else u = m̂. https://arxiv.org/abs/1908.03265, algorithm 2.
    /// </summary>
    public static Rule ScaleByRadam(Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? threshold = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), t = Step + 1, last = 2 / (1 - beta2) - 1;
        var rho = last - 2 * t * Pow(beta2, t) / (1 - Pow(beta2, t));
        var r = Sqrt((rho - 4) * (rho - 2) * last / ((last - 4) * (last - 2) * rho));
        return Rule.Of((g, m, v) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            var mHat = m / (1 - Pow(beta1, t));
            return (Where(Greater(rho, threshold ?? 5), r * Sqrt(1 - Pow(beta2, t)) * mHat / (Sqrt(v) + (eps ?? 1e-8)), mHat), m, v);
        }).Slots("m", "v");
    }
}
