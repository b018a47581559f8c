namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·(2·g − g′), g′ the gradient before, 0 at first. https://arxiv.org/abs/1711.00141, equation 6.</summary>
    public static Rule OptimisticGradient(Expr lr) => Rule.Of((g, before) => (Rate(lr) * (2 * g - before), g)).Slots("g");
}
