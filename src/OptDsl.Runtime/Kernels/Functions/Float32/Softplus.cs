using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus<Vec1<float>>(x);

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x) where V : unmanaged, IVector<V, float>
    {
        V e = ExpParts(-V.Abs(x), out V eLost), one = V.Create(1f), u = one + e, lost = (e - (u - one)) + eLost;
        V n = Exponent(u, out V m), f = m - one;
        return V.Larger(x, default) + LogSum(n, f, LogTail(f) + lost / u);
    }
}
