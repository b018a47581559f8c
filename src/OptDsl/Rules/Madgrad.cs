namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// λ = lr·√(k + 1); s ← s + λ·g; v ← v + λ·g²; z = x₀ − s / (∛v + eps); w ← mu·w + (1 − mu)·z, k = Step, x₀ the start.
    /// https://arxiv.org/abs/2101.11075, algorithm 1, whose c is 1 − mu here.
    /// </summary>
    public static Rule Madgrad(Expr lr, Expr? mu = null, Expr? eps = null) => Rule.Of(init: p => (0 * p, 0 * p, p), step: (g, s, v, x0) =>
    {
        var rate = Rate(lr) * Sqrt(Step + 1);
        s += rate * g;
        v += rate * Square(g);
        var z = x0 - s / (Pow(v, 1.0 / 3) + (eps ?? 1e-6));
        return ((1 - Share(mu, 0.9)) * (Param - z), s, v, x0);
    }).Slots("s", "v", "start");
}
