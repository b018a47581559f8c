using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x) => Log<Vec1<double>>(x);

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V subnormal = V.Less(x, V.Create(2.2250738585072014E-308));
        V scaled = V.Select(subnormal, x * V.Create(18014398509481984.0), x);
        V n = Exponent(scaled, out V m) - V.And(subnormal, V.Create(54.0));
        V f = m - V.Create(1.0);
        return LogEnds(x, LogSum(n, f, LogTail(f)));
    }

    // x = 2ⁿ m with √½ ≤ m < √2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponent<V>(V x, out V m) where V : unmanaged, IVector<V, double>
    {
        V n = V.ShiftRight(V.SubtractBits(x, V.CreateBits(0x3FE6A09E667F3BCD)), 52);
        m = V.SubtractBits(x, V.ShiftLeft(n, 52));
        V magic = V.Create(6755399441055744.0);
        return V.AddBits(n, magic) - magic;
    }

    // n ln 2 + f + tail: the first product is exact, the rounding of the first sum is carried.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V>(V n, V f, V tail) where V : unmanaged, IVector<V, double>
    {
        V high = n * V.Create(0.6931471806019545), sum = high + f;
        V carried = (high - sum) + f;
        return sum + (carried + V.Fma(n, V.Create(-4.2009150726810846e-11), tail));
    }

    // log 0 = −∞, log ∞ = ∞, NaN for negative and NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogEnds<V>(V x, V log) where V : unmanaged, IVector<V, double>
    {
        V infinity = V.Create(double.PositiveInfinity), zero = default;
        log = V.SelectLess(zero, x, log, V.Create(double.NaN));
        log = V.SelectEqual(x, zero, -infinity, log);
        return V.SelectEqual(x, infinity, infinity, log);
    }

    // log(1 + f) − f for √½ − 1 ≤ f ≤ √2 − 1: with s = f / (2 + f) it is s·(f²/2 + R(s²)) − f²/2, R minimax, 2^-58.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTail<V>(V f) where V : unmanaged, IVector<V, double>
    {
        V s = f / (V.Create(2.0) + f), z = s * s, half = V.Create(0.5) * f * f;
        V q = V.Create(0.1479927050002601);
        q = V.Fma(q, z, V.Create(0.15313736409963416));
        q = V.Fma(q, z, V.Create(0.18183575877589325));
        q = V.Fma(q, z, V.Create(0.2222219836567557));
        q = V.Fma(q, z, V.Create(0.2857142874425669));
        q = V.Fma(q, z, V.Create(0.39999999999407015));
        q = V.Fma(q, z, V.Create(0.6666666666666735));
        return V.Fma(s, V.Fma(q, z, half), -half);
    }
}
