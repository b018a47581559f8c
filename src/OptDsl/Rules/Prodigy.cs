namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·d·g; v ← b2·v + (1 − b2)·d²·g²; r ← √b2·r + (1 − √b2)·lr·d²·⟨g, w₀ − w⟩; s ← √b2·s + (1 − √b2)·lr·d²·g;
    /// w ← w − lr·d·m / (√v + d·eps); d ← max(d, r / ‖s‖₁), the products over all tensors. https://arxiv.org/abs/2306.06101, algorithm 4.
    /// </summary>
    public static Rule Prodigy(Expr? lr = null, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? d0 = null)
    {
        Expr rate = Rate(lr, 1), beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), slow = Sqrt(beta2);
        return Rule.Of(init: p => (0 * p, 0 * p, 0 * p, p, 0 * p.Sum(), (d0 ?? 1e-6) + 0 * p.Sum()), step: (g, m, v, s, w0, r, d) =>
        {
            m = beta1 * m + (1 - beta1) * d * g;
            v = beta2 * v + (1 - beta2) * Square(d * g);
            r = slow * r + (1 - slow) * rate * Square(d) * GlobalSum(g * (w0 - Param));
            s = slow * s + (1 - slow) * rate * Square(d) * g;
            var norm = GlobalSum(Abs(s));
            return (rate * d * m / (Sqrt(v) + d * (eps ?? 1e-8)), m, v, s, w0, r, Where(Greater(norm, 0), Max(d, r / norm), d));
        }).Slots("m", "v", "s", "start", "r", "d");
    }
}
