namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← rho·v + (1 − rho)·g²; u = g·√(d + eps) / √(v + eps); d ← rho·d + (1 − rho)·u². https://arxiv.org/abs/1212.5701, algorithm 1.</summary>
    public static Rule ScaleByAdadelta(Expr? rho = null, Expr? eps = null)
    {
        Expr decay = Share(rho, 0.9), epsilon = eps ?? 1e-6;
        return Rule.Of((g, v, d) =>
        {
            v = decay * v + (1 - decay) * Square(g);
            var u = Sqrt(d + epsilon) / Sqrt(v + epsilon) * g;
            return (u, v, decay * d + (1 - decay) * Square(u));
        }).Slots("v", "d");
    }
}
