namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b·m + (1 − b)·g; f ← b·f + (1 − b)·L; c ← b·c + (1 − b)·⟨g, w⟩; w ← w − min(lr, max(f + ⟨m, w⟩ − c − best, 0) / ‖m‖²)·m, from
    /// the first loss and gradient on; products over all tensors. https://arxiv.org/abs/2305.07583, algorithm 1.
    /// </summary>
    public static Rule Momo(Expr? lr = null, Expr? b = null, Expr? best = null)
    {
        Expr beta = Share(b, 0.9), keep = Where(Equal(Step, 0), 0, beta);
        return Rule.Of(init: p => (0 * p, 0 * p.Sum(), 0 * p.Sum()), step: (g, m, f, c) =>
        {
            m = keep * m + (1 - keep) * g;
            f = keep * f + (1 - keep) * Loss;
            c = keep * c + (1 - keep) * GlobalSum(g * Param);
            var above = Max(f + GlobalSum(m * Param) - c - (best ?? 0), 0);
            var norm = GlobalSum(Square(m));
            return (Where(Greater(norm, 0), Min(Rate(lr, 1), above / norm), 0) * m, m, f, c);
        }).Slots("m", "f", "c");
    }
}
