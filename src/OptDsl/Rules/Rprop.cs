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
            return bounded ? Min(max ?? 50, Max(min ?? 1e-6, size)) : size;
        }

        if (!undo) return Rule.Of(init: p => (0 * p, lr + 0 * p), step: (g, before, size) =>
        {
            var (kept, next) = (Where(Less(g * before, 0), 0, g), Size(size, g * before));
            return (Sign(kept) * next, kept, next);
        }).Slots("g", "size");
        return Rule.Of(init: p => (0 * p, lr + 0 * p, 0 * p), step: (g, before, size, last) =>
        {
            var (flips, next) = (Less(g * before, 0), Size(size, g * before));
            var step = Where(flips, -last, Sign(g) * next);
            return (step, Where(flips, 0, g), next, step);
        }).Slots("g", "size", "step");
    }
}
