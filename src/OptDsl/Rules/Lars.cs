namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← mu·v + lr·λ·(g + decay·w); w ← w − v, λ = trust·‖w‖ / (‖g‖ + decay·‖w‖). https://arxiv.org/abs/1708.03888, algorithm 1.</summary>
    public static Rule Lars(Expr lr, Expr? mu = null, Expr? decay = null, Expr? trust = null) =>
        ScaleByLars(trust, decay ?? 5e-4).Then(Scale(Rate(lr))).Then(Trace(Share(mu, 0.9)));
}
