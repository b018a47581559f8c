using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Rules that the library does not have, as a user writes them.</summary>
static class UserRules
{
    /// <summary>Nesterov 1983: x′ = y − lr·g(y); t′ = (1 + √(1 + 4t²))/2; y ← x′ + (t − 1)/t′·(x′ − x). w holds y, the slot x.</summary>
    public static Rule Accelerated(Expr lr) => Rule.Of(init: p => (p, 1), step: (g, x, t) =>
    {
        Expr xNext = Param - lr * g, tNext = (1 + Sqrt(1 + 4 * t * t)) / 2;
        return (Param - (xNext + (t - 1) / tNext * (xNext - x)), xNext, tNext);
    }).Slots("x", "t");

    /// <summary>lr = s·s/s·y from the last displacement s and change y of the gradient, 1 at first. https://doi.org/10.1093/imanum/8.1.141.</summary>
    public static Rule BarzilaiBorwein() => Rule.Of((g, before, s) =>
    {
        var step = Where(Equal(Step, 0), 1, Sum(s * s) / Sum(s * (g - before))) * g;
        return (step, g, -step);
    });

    /// <summary>A rule that also keeps its last step.</summary>
    public static Rule Kept(this Rule rule) => rule.Then(Rule.Of((u, step) => (u, u)).Slots("step"));
}
