namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = sign(b1·m + (1 − b1)·g); m ← b2·m + (1 − b2)·g. https://arxiv.org/abs/2302.06675, algorithm 2.</summary>
    public static Rule ScaleByLion(Expr? b1 = null, Expr? b2 = null)
    {
        Expr beta1 = Share(b1, 0.9), beta2 = Share(b2, 0.99);
        return Rule.Of((g, m) => (Sign(beta1 * m + (1 - beta1) * g), beta2 * m + (1 - beta2) * g)).Slots("m");
    }
}
