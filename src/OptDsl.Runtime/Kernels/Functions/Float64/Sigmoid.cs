using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sigmoid(double x) => Sigmoid<Vec1<double>>(x);

    /// <summary>1 / (1 + e⁻ˣ): with e = e^(−|x|), 1 / (1 + e) or e / (1 + e).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : unmanaged, IVector<V, double>
    {
        V one = V.Create(1.0), e = ExpParts(-V.Abs(x), out V eLost), negative = V.Less(x, default);
        V below = one + e, belowLost = (e - (below - one)) + eLost;
        V above = V.Select(negative, e, one), aboveLost = V.And(negative, eLost);
        return Quotient(above, aboveLost, below, belowLost);
    }
}
