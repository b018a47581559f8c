namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g·‖w‖/‖g‖, the norms of the tensor; u = g where one of them is 0. https://arxiv.org/abs/1904.00962, algorithm 2.</summary>
    public static Rule ScaleByTrustRatio() => Rule.Of(g => Where(And(Greater(Norm(Param), 0), Greater(Norm(g), 0)), Norm(Param) / Norm(g), 1) * g);
}
