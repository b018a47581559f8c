using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// A sum that goes on from what a RowSink stored after earlier k, which keeps its bits.
internal readonly struct Sums<T>(Buffer<T> sums, nint ld) : IFirst<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> sums = sums;
    private readonly nint ld = ld;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V>(nint row, nint col) where V : unmanaged, IVector<V, T> => V.Load(sums, row * ld + col);
}
