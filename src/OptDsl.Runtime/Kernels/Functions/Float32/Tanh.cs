using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh<Vec1<float>>(x);

    /// <summary>The hyperbolic tangent: with t = e^(−2|x|) − 1, −t / (2 + t) and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V a = V.Abs(x), saturated = V.Create(10f);
        V y = V.Create(-2f) * V.Select(V.Less(saturated, a), saturated, a);
        V n = NearestMultiple(y, out V bits), r = Remainder(y, n);
        V scale = PowerOfTwo(bits), p = V.Fma(r * r, ExpTail(r), r);
        V t = V.Fma(scale, p, scale - V.Create(1f));
        V sign = V.CreateBits(int.MinValue);
        return V.Or(V.AndNot(t / (V.Create(2f) + t), sign), V.And(x, sign));
    }
}
