namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← (w − lr·‖w‖/‖g‖·g) / √(1 + lr²), the norms of the tensor; the quotient is 1 where one of them is 0. https://arxiv.org/abs/2002.03432, algorithm 1.</summary>
    public static Rule Fromage(Expr lr) => ScaleByTrustRatio().Then(Rule.Of(u => Param - (Param - lr * u) / Sqrt(1 + Square(lr))));
}
