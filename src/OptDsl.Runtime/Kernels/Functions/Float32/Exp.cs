using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>The elementary functions of floats, the same bits at every width: only + − × ÷ √, fma and integer operations on the bits, which are exact everywhere.</summary>
public static partial class Float32
{
    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp<Vec1<float>>(x);

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, IVector<V, float>
    {
        // Beyond these the result is 0 or ∞; NaN passes through both.
        x = V.Larger(x, V.Create(-104f));
        x = V.Smaller(x, V.Create(89f));
        V n = NearestMultiple(x, out V bits), r = Remainder(x, n);
        V e = V.Create(1f) + V.Fma(r * r, ExpTail(r), r);
        // 2ⁿ in two factors: the first is never subnormal or infinite, so the second rounds once.
        V half = V.ShiftRight(bits, 1);
        return e * PowerOfTwo(half) * PowerOfTwo(V.SubtractBits(bits, half));
    }

    // eˣ for x ≤ 0 and what its rounding lost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpParts<V>(V x, out V lost) where V : unmanaged, IVector<V, float>
    {
        x = V.Larger(x, V.Create(-104f));
        V n = NearestMultiple(x, out V bits), r = Remainder(x, n), one = V.Create(1f);
        V p = V.Fma(r * r, ExpTail(r), r), e = one + p;
        V half = V.ShiftRight(bits, 1), s = PowerOfTwo(half), t = PowerOfTwo(V.SubtractBits(bits, half));
        lost = ((one - e) + p) * s * t;
        return e * s * t;
    }

    // n = round(x / ln 2): adding 12582912 leaves the integer in the low bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearestMultiple<V>(V x, out V bits) where V : unmanaged, IVector<V, float>
    {
        V magic = V.Create(12582912f);
        V shifted = V.Fma(x, V.Create(1.44269504f), magic);
        bits = V.SubtractBits(shifted, magic);
        return shifted - magic;
    }

    // x − n ln 2, ln 2 in two parts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Remainder<V>(V x, V n) where V : unmanaged, IVector<V, float> =>
        V.Fma(n, V.Create(1.90465421e-9f), V.Fma(n, V.Create(-0.693147182f), x));

    // (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2, minimax, 2^-28.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V>(V r) where V : unmanaged, IVector<V, float>
    {
        V q = V.Create(0.000199156057f);
        q = V.Fma(q, r, V.Create(0.0013942006f));
        q = V.Fma(q, r, V.Create(0.00833327044f));
        q = V.Fma(q, r, V.Create(0.0416663438f));
        q = V.Fma(q, r, V.Create(0.166666672f));
        q = V.Fma(q, r, V.Create(0.5f));
        return q;
    }

    // 2ⁿ for an integer in the bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V n) where V : unmanaged, IVector<V, float> => V.ShiftLeft(V.AddBits(n, V.CreateBits(127)), 23);
}
