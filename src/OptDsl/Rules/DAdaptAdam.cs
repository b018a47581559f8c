namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// λ = d·lr; m ← b1·m + (1 − b1)·λ·g; v ← b2·v + (1 − b2)·g²; w ← w − m / (√v + eps); r ← √b2·r + (1 − √b2)·λ·⟨g, s / (√v + eps)⟩;
    /// s ← √b2·s + (1 − √b2)·λ·g; d ← max(d, r / ((1 − √b2)·‖s‖₁)), the products over all tensors. https://arxiv.org/abs/2301.07733, algorithm 5.
    /// </summary>
    public static Rule DAdaptAdam(Expr? lr = null, Expr? b1 = null, Expr? b2 = null, Expr? eps = null, Expr? d0 = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.999), slow = Sqrt(beta2);
        return Rule.Of(init: p => (0 * p, 0 * p, 0 * p, 0 * p.Sum(), (d0 ?? 1e-6) + 0 * p.Sum()), step: (g, m, v, s, r, d) =>
        {
            var rate = d * Rate(lr, 1);
            m = beta1 * m + (1 - beta1) * rate * g;
            v = beta2 * v + (1 - beta2) * Square(g);
            var root = Sqrt(v) + (eps ?? 1e-8);
            r = slow * r + (1 - slow) * rate * GlobalSum(g * s / root);
            s = slow * s + (1 - slow) * rate * g;
            var norm = (1 - slow) * GlobalSum(Abs(s));
            return (m / root, m, v, s, r, Where(Greater(norm, 0), Max(d, r / norm), d));
        }).Slots("m", "v", "s", "r", "d");
    }
}
