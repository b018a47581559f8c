using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Tanh(double x) => Tanh<Vec1<double>>(x);

    /// <summary>The hyperbolic tangent: with t = e^(−2|x|) − 1, −t / (2 + t) and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V a = V.Abs(x), saturated = V.Create(20.0);
        V y = V.Create(-2.0) * V.Select(V.Less(saturated, a), saturated, a);
        V n = NearestMultiple(y, out V bits), r = Remainder(y, n);
        V scale = PowerOfTwo(bits), p = V.Fma(r * r, ExpTail(r), r);
        V t = V.Fma(scale, p, scale - V.Create(1.0));
        V sign = V.CreateBits(long.MinValue);
        return V.Or(V.AndNot(t / (V.Create(2.0) + t), sign), V.And(x, sign));
    }
}
