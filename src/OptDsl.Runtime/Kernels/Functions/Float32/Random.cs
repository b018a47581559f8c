using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>A number in [0, 1) of 24 bits, a hash of the bits of three others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Random(float key, float row, float column) => Random<Vec1<float>>(key, row, column);

    /// <summary>A number in [0, 1) of 24 bits, a hash of the bits of three others: mixed, the next one taken in, mixed again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Random<V>(V key, V row, V column) where V : unmanaged, IVector<V, float>
    {
        V x = Mix(V.Xor(Mix(V.Xor(Mix(key), row)), column));
        // Bits 31 … 9 behind the exponent of 1, then bit 8: both exact.
        V high = V.Or(V.ShiftRightLogical(x, 9), V.Create(1f)) - V.Create(1f);
        return high + V.And(V.ShiftRight(V.ShiftLeft(x, 23), 31), V.Create(1f / (1 << 24)));
    }

    // "lowbias32", a bijection in which each bit flips each other one in nearly half of all cases; Wellons 2018, https://nullprogram.com/blog/2018/07/31/
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mix<V>(V x) where V : unmanaged, IVector<V, float>
    {
        x = V.MultiplyBits(V.Xor(x, V.ShiftRightLogical(x, 16)), V.CreateBits(0x7FEB352D));
        x = V.MultiplyBits(V.Xor(x, V.ShiftRightLogical(x, 15)), V.CreateBits(0x846CA68B));
        return V.Xor(x, V.ShiftRightLogical(x, 16));
    }
}
