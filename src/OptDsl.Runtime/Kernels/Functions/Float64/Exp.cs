using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>The elementary functions of doubles, the same bits at every width: only + − × ÷ √, fma and integer operations on the bits, which are exact everywhere.</summary>
public static partial class Float64
{
    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x) => Exp<Vec1<double>>(x);

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : unmanaged, IVector<V, double>
    {
        // Beyond these the result is 0 or ∞; NaN passes through both.
        x = V.Larger(x, V.Create(-746.0));
        x = V.Smaller(x, V.Create(710.0));
        V n = NearestMultiple(x, out V bits), r = Remainder(x, n);
        V e = V.Create(1.0) + V.Fma(r * r, ExpTail(r), r);
        // 2ⁿ in two factors: the first is never subnormal or infinite, so the second rounds once.
        V half = V.ShiftRight(bits, 1);
        return e * PowerOfTwo(half) * PowerOfTwo(V.SubtractBits(bits, half));
    }

    // eˣ for x ≤ 0 and what its rounding lost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpParts<V>(V x, out V lost) where V : unmanaged, IVector<V, double>
    {
        x = V.Larger(x, V.Create(-746.0));
        V n = NearestMultiple(x, out V bits), r = Remainder(x, n), one = V.Create(1.0);
        V p = V.Fma(r * r, ExpTail(r), r), e = one + p;
        V half = V.ShiftRight(bits, 1), s = PowerOfTwo(half), t = PowerOfTwo(V.SubtractBits(bits, half));
        lost = ((one - e) + p) * s * t;
        return e * s * t;
    }

    // n = round(x / ln 2): adding 6755399441055744.0 leaves the integer in the low bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearestMultiple<V>(V x, out V bits) where V : unmanaged, IVector<V, double>
    {
        V magic = V.Create(6755399441055744.0);
        V shifted = V.Fma(x, V.Create(1.4426950408889634), magic);
        bits = V.SubtractBits(shifted, magic);
        return shifted - magic;
    }

    // x − n ln 2, ln 2 in two parts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Remainder<V>(V x, V n) where V : unmanaged, IVector<V, double> =>
        V.Fma(n, V.Create(-2.3190468138462996e-17), V.Fma(n, V.Create(-0.6931471805599453), x));

    // (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2, minimax, 2^-59.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V>(V r) where V : unmanaged, IVector<V, double>
    {
        V q = V.Create(1.6094067006869919e-10);
        q = V.Fma(q, r, V.Create(2.092243708508572e-09));
        q = V.Fma(q, r, V.Create(2.5052045119930154e-08));
        q = V.Fma(q, r, V.Create(2.7557249330267967e-07));
        q = V.Fma(q, r, V.Create(2.7557319280875196e-06));
        q = V.Fma(q, r, V.Create(2.480158735288093e-05));
        q = V.Fma(q, r, V.Create(0.00019841269841243555));
        q = V.Fma(q, r, V.Create(0.0013888888888870612));
        q = V.Fma(q, r, V.Create(0.008333333333333338));
        q = V.Fma(q, r, V.Create(0.04166666666666669));
        q = V.Fma(q, r, V.Create(0.16666666666666666));
        q = V.Fma(q, r, V.Create(0.5));
        return q;
    }

    // 2ⁿ for an integer in the bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V n) where V : unmanaged, IVector<V, double> => V.ShiftLeft(V.AddBits(n, V.CreateBits(1023)), 52);
}
