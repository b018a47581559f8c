using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>max(x, 0), NaN kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Relu<V>(V x) where V : unmanaged, IVector<V, float> => V.SelectLessEqual(x, V.Create(0f), V.Create(0f), x);

    /// <summary>A slot's value as it is stored: below 1e-30 in magnitude it is 0, so that no moment sinks into the slow subnormals; NaN kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Flush<V>(V x) where V : unmanaged, IVector<V, float> => V.SelectLess(V.Abs(x), V.Create(1e-30f), V.Create(0f), x);

    /// <summary>−1 below 0, 1 above; zeros and NaN are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V>(V x) where V : unmanaged, IVector<V, float> => V.Sign(x);
}
