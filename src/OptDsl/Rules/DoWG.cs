namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// r ← max(r, ‖w − w₀‖), at first reps·(1 + ‖w₀‖); v ← v + r²·‖g‖²; w ← w − lr·r²/√(v + eps)·g, norms over all tensors.
    /// https://arxiv.org/abs/2305.16284, algorithm 1.
    /// </summary>
    public static Rule DoWG(Expr? lr = null, Expr? reps = null, Expr? eps = null) => Rule.Of(init: p => (p, 0 * p.Sum(), 0 * p.Sum()), step: (g, w0, r, v) =>
    {
        r = Where(Equal(Step, 0), (reps ?? 1e-6) * (1 + GlobalNorm(Param)), Max(r, GlobalNorm(Param - w0)));
        v += Square(r * GlobalNorm(g));
        return (Rate(lr, 1) * Square(r) / Sqrt(v + (eps ?? 1e-30)) * g, w0, r, v);
    }).Slots("start", "r", "v");
}
