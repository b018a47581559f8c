using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log<Vec1<float>>(x);

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V subnormal = V.Less(x, V.Create(1.17549435e-38f));
        V scaled = V.Select(subnormal, x * V.Create(16777216f), x);
        V n = Exponent(scaled, out V m) - V.And(subnormal, V.Create(24f));
        V f = m - V.Create(1f);
        return LogEnds(x, LogSum(n, f, LogTail(f)));
    }

    // x = 2ⁿ m with √½ ≤ m < √2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponent<V>(V x, out V m) where V : unmanaged, IVector<V, float>
    {
        V n = V.ShiftRight(V.SubtractBits(x, V.CreateBits(0x3F3504F3)), 23);
        m = V.SubtractBits(x, V.ShiftLeft(n, 23));
        V magic = V.Create(12582912f);
        return V.AddBits(n, magic) - magic;
    }

    // n ln 2 + f + tail: the first product is exact, the rounding of the first sum is carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V>(V n, V f, V tail) where V : unmanaged, IVector<V, float>
    {
        V high = n * V.Create(0.693145752f), sum = high + f;
        V carried = (high - sum) + f;
        return sum + (carried + V.Fma(n, V.Create(1.42860677e-6f), tail));
    }

    // log 0 = −∞, log ∞ = ∞, NaN for negative and NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogEnds<V>(V x, V log) where V : unmanaged, IVector<V, float>
    {
        V infinity = V.Create(float.PositiveInfinity), zero = default;
        log = V.SelectLess(zero, x, log, V.Create(float.NaN));
        log = V.SelectEqual(x, zero, -infinity, log);
        return V.SelectEqual(x, infinity, infinity, log);
    }

    // log(1 + f) − f for √½ − 1 ≤ f ≤ √2 − 1, minimax, 2^-30.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTail<V>(V f) where V : unmanaged, IVector<V, float>
    {
        V q = V.Create(0.0691637248f);
        q = V.Fma(q, f, V.Create(-0.117895886f));
        q = V.Fma(q, f, V.Create(0.118723623f));
        q = V.Fma(q, f, V.Create(-0.123843446f));
        q = V.Fma(q, f, V.Create(0.142187506f));
        q = V.Fma(q, f, V.Create(-0.166692555f));
        q = V.Fma(q, f, V.Create(0.200022221f));
        q = V.Fma(q, f, V.Create(-0.249999866f));
        q = V.Fma(q, f, V.Create(0.333333105f));
        q = V.Fma(q, f, V.Create(-0.5f));
        return f * f * q;
    }
}
