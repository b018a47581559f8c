using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1p(float x) => Log1p<Vec1<float>>(x);

    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V one = V.Create(1f), u = one + x;
        // What the sum 1 + x lost, exactly; log(u + lost) = log u + lost / u.
        V lost = V.SelectLess(one, x, one - (u - x), x - (u - one));
        V n = Exponent(u, out V m), f = m - one;
        V log = LogEnds(u, LogSum(n, f, LogTail(f) + lost / u));
        return V.SelectEqual(x, default, x, log);     // keeps −0
    }
}
