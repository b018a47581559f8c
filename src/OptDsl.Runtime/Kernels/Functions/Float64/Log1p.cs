using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log1p(double x) => Log1p<Vec1<double>>(x);

    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V one = V.Create(1.0), u = one + x;
        // What the sum 1 + x lost, exactly; log(u + lost) = log u + lost / u.
        V lost = V.SelectLess(one, x, one - (u - x), x - (u - one));
        V n = Exponent(u, out V m), f = m - one;
        V log = LogEnds(u, LogSum(n, f, LogTail(f) + lost / u));
        return V.SelectEqual(x, default, x, log);     // keeps −0
    }
}
