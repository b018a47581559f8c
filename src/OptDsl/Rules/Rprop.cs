namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// Δ ← grow·Δ where the sign of the gradient stays, shrink·Δ where it flips, then min ≤ Δ ≤ max if <paramref name="bounded"/>; w ← w − sign(g)·Δ.
    /// Δ starts at lr. A flip takes no step, and the next is as if the gradient had been 0; with <paramref name="undo"/> it goes back to
    /// where the last step started, and steps from there next time. https://doi.org/10.1109/ICNN.1993.298623.
    /// </summary>
    public static Rule Rprop(Expr lr, Expr? grow = null, Expr? shrink = null, Expr? min = null, Expr? max = null, bool bounded = true, bool undo = false)
    {
        Expr Size(Expr size, Expr same)
        {
            size = Where(Greater(same, 0), (grow ?? 1.2) * size, Where(Less(same, 0), (shrink ?? 0.5) * size, size));
            return bounded ? Min(Max(size, min ?? 1e-6), max ?? 50) : size;
        }

        // Signs, not gradients: the product of two small gradients would vanish, and with it what the rule goes by.
        if (!undo) return Rule.Of(init: p => (0 * p, Rate(lr) + 0 * p), step: (g, before, size) =>
        {
            var (sign, next) = (Sign(g), Size(size, Sign(g) * before));
            var kept = Where(Less(sign * before, 0), 0, sign);
            return (kept * next, kept, next);
        }).Slots("sign", "size");
        return Rule.Of(init: p => (0 * p, Rate(lr) + 0 * p, 0 * p), step: (g, before, size, last) =>
        {
            var (sign, next) = (Sign(g), Size(size, Sign(g) * before));
            var flips = Less(sign * before, 0);
            var step = Where(flips, -last, sign * next);
            return (step, Where(flips, 0, sign), next, step);
        }).Slots("sign", "size", "step");
    }
}
