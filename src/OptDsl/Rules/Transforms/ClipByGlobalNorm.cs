namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g·min(1, max / ‖g‖), the norm over all tensors that the rule covers. https://arxiv.org/abs/1211.5063, algorithm 1.</summary>
    public static Rule ClipByGlobalNorm(Expr max) => Rule.Of(g => g * Min(1, Limit(max) / GlobalNorm(g)));
}
