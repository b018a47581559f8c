using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// m ← b1·m + (1 − b1)·g; every k steps h ← b2·h + (1 − b2)·ĥ; u = clip(m / max(gamma·h, eps), 1). ĥ is a <paramref name="curvature"/> made
    /// of the gradient, by default g², the Gauss-Newton diagonal with the labels of the batch. https://arxiv.org/abs/2305.14342, algorithm 3.
    /// </summary>
    public static Rule ScaleBySophia(Func<Expr, Expr>? curvature = null, int k = 10, Expr? b1 = null, Expr? b2 = null, Expr? gamma = null, Expr? eps = null)
    {
        Expr beta1 = Share(b1, 0.96), beta2 = Share(b2, 0.99);
        CheckSizes("k", [k]);
        return Rule.Of((g, m, h) =>
        {
            m = beta1 * m + (1 - beta1) * g;
            h = Where(Equal(Step % k, 0), beta2 * h + (1 - beta2) * (curvature ?? Square)(g), h);
            return (Min(Max(m / Max((gamma ?? 0.01) * h, eps ?? 1e-12), -1), 1), m, h);
        }).Slots("m", "h");
    }
}
