namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// r ← max(r, ‖w − w₀‖), at first reps·(1 + ‖w₀‖); G ← G + ‖g‖²; w ← w − lr·r/√(G + eps)·g, norms over all tensors: a rate that is
    /// distance over gradients. https://arxiv.org/abs/2302.12022, equation 1.
    /// </summary>
    public static Rule DoG(Expr? lr = null, Expr? reps = null, Expr? eps = null) => Rule.Of(init: p => (p, 0 * p.Sum(), 0 * p.Sum()), step: (g, w0, r, sum) =>
    {
        r = Where(Equal(Step, 0), (reps ?? 1e-6) * (1 + GlobalNorm(Param)), Max(r, GlobalNorm(Param - w0)));
        sum += Square(GlobalNorm(g));
        return (Rate(lr, 1) * r / Sqrt(sum + (eps ?? 1e-8)) * g, w0, r, sum);
    }).Slots("start", "r", "sum");
}
