namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// dw ← dw·g / (g′ − g), one step of Newton's method per weight with the secant of the last two gradients g′ and g as curvature, at
    /// most grow·|dw| long; w ← w + dw. Where the secant does not curve upward, and at first, dw = −lr·g.
    /// https://www.cs.cmu.edu/~sef/sefPubs.htm, An empirical study of learning speed in back-propagation networks.
    /// </summary>
    public static Rule QuickProp(Expr lr, Expr? grow = null) => Rule.Of((g, before, dw) =>
    {
        var curves = Greater(dw * (g - before), 0);
        var most = grow ?? 1.75;
        dw = Where(curves, dw * Min(Max(g / (before - g), -most), most), -Rate(lr) * g);
        return (-dw, g, dw);
    }).Slots("g", "dw");
}
