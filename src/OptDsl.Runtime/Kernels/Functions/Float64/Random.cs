using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>A number in [0, 1) of 53 bits, a hash of the bits of three others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Random(double key, double row, double column) => Random<Vec1<double>>(key, row, column);

    /// <summary>A number in [0, 1) of 53 bits, a hash of the bits of three others: mixed, the next one taken in, mixed again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Random<V>(V key, V row, V column) where V : unmanaged, IVector<V, double>
    {
        V x = Mix(V.Xor(Mix(V.Xor(Mix(key), row)), column));
        // Bits 63 … 12 behind the exponent of 1, then bit 11: both exact.
        V high = V.Or(V.ShiftRightLogical(x, 12), V.Create(1.0)) - V.Create(1.0);
        return high + V.And(V.ShiftRight(V.ShiftLeft(x, 52), 63), V.Create(1.0 / (1L << 53)));
    }

    // The finaliser of SplitMix64, variant 13 of Stafford's; Steele, Lea and Flood 2014, https://doi.org/10.1145/2660193.2660195
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mix<V>(V x) where V : unmanaged, IVector<V, double>
    {
        x = V.MultiplyBits(V.Xor(x, V.ShiftRightLogical(x, 30)), V.CreateBits(unchecked((long)0xBF58476D1CE4E5B9)));
        x = V.MultiplyBits(V.Xor(x, V.ShiftRightLogical(x, 27)), V.CreateBits(unchecked((long)0x94D049BB133111EB)));
        return V.Xor(x, V.ShiftRightLogical(x, 31));
    }
}
