using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The largest number on the way to a result: what cancels may lack digits of it. A number of the declaration is in no sum by itself; and a mask, −1e30 in the
/// place of a logit, and what is subtracted from it, end as the 0 that exp makes of them. If they counted, no law would hear anything behind a causal attention.
/// </summary>
static class OnTheWay
{
    const double Mask = 1e20;

    public static double Largest<S>(IReadOnlyDictionary<Value, S[]> values, double below = double.PositiveInfinity) where S : struct, IScalar<S>
    {
        var mask = values.Keys.Select(v => Math.Abs(v.Constant ?? 0)).Where(c => c >= Mask).DefaultIfEmpty(double.PositiveInfinity).Min();
        return values.Where(v => v.Key.Op != Primitive.Constant).SelectMany(v => v.Value).Select(n => Math.Abs(n.Value)).Where(n => n < below && n < mask / 2).DefaultIfEmpty(0).Max();
    }
}
