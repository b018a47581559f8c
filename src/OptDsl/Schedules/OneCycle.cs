using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// A half cosine from peak/div up to peak over the first part <paramref name="warm"/> of the steps, then one down to peak/(div·finalDiv),
    /// where it stays. https://arxiv.org/abs/1708.07120, section 3, with cosines for its lines.
    /// </summary>
    public static Expr OneCycle(Expr peak, int steps, double warm = 0.3, Expr? div = null, Expr? finalDiv = null)
    {
        CheckSizes("steps", [steps]);
        if (!(warm > 0 && warm < 1)) throw Error.Argument("warm", $"it is a part of the steps, between 0 and 1, but got {Text.Number(warm)}");
        Expr low = peak / (div ?? 25), end = low / (finalDiv ?? 1e4);
        var top = warm * steps;
        Expr Bend(Expr from, Expr to, Expr at) => to + (from - to) * (1 + Cos(Math.PI * Min(at, 1))) / 2;
        return Where(Less(Step, top), Bend(low, peak, Step / top), Bend(peak, end, (Step - top) / (steps - top)));
    }
}
