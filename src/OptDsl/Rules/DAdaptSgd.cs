namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// λ = d·lr / ‖g₀‖; r ← r + λ·⟨g, s⟩; s ← s + λ·g; w ← w − λ·g; d ← max(d, 2·r / ‖s‖), norms and products over all tensors.
    /// https://arxiv.org/abs/2301.07733, algorithm 4, without momentum.
    /// </summary>
    public static Rule DAdaptSgd(Expr? lr = null, Expr? d0 = null) =>
        Rule.Of(init: p => (0 * p, 0 * p.Sum(), 0 * p.Sum(), (d0 ?? 1e-6) + 0 * p.Sum()), step: (g, s, r, first, d) =>
        {
            first = Where(Equal(first, 0), GlobalNorm(g), first);
            var rate = Where(Greater(first, 0), d * Rate(lr, 1) / first, 0);
            r += rate * GlobalSum(g * s);
            s += rate * g;
            var norm = GlobalNorm(s);
            return (rate * g, s, r, first, Where(Greater(norm, 0), Max(d, 2 * r / norm), d));
        }).Slots("s", "r", "first", "d");
}
