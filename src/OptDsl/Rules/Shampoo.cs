namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·(l + eps·‖l‖)^−¼·g·(r + eps·‖r‖)^−¼, see <see cref="ScaleByShampoo"/>; for matrices: <c>.Only(p => p.Rank == 2)</c>. https://arxiv.org/abs/1802.09568, algorithm 1.</summary>
    public static Rule Shampoo(Expr lr, Expr? eps = null, int iterations = 20, int every = 1) => ScaleByShampoo(eps, iterations, every).Then(Scale(Rate(lr)));
}
