using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => Tanh<Vec1<float>>(x);

    /// <summary>The hyperbolic tangent: (1 − e) / (1 + e) with e = e^(−2|x|), and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V a = V.Abs(x), saturated = V.Create(10f), one = V.Create(1f);
        V y = V.Create(-2f) * V.Smaller(a, saturated);
        V n = NearestMultiple(y, out V bits), r = Remainder(y, n);
        // e = s + s p; both sums with what their rounding lost.
        V s = PowerOfTwo(bits), p = s * V.Fma(r * r, ExpTail(r), r);
        V less = one - s, above = less - p, aboveLost = (less - above) - p;
        V more = one + s, below = more + p, belowLost = (more - below) + p;
        V sign = V.CreateBits(int.MinValue);
        return V.Or(V.AndNot(Quotient(above, aboveLost, below, belowLost), sign), V.And(x, sign));
    }

    // (a + aLost) / (b + bLost) for 1 ≤ b ≤ 2: one division, one correction by the residual.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient<V>(V a, V aLost, V b, V bLost) where V : unmanaged, IVector<V, float>
    {
        V inverse = V.Create(1f) / b, q = a * inverse;
        V residual = V.Fma(-q, b, a) + V.Fma(-q, bLost, aLost);
        return V.Fma(residual, inverse, q);
    }
}
