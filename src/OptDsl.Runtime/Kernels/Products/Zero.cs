using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// A sum from the first k begins with +0.
internal readonly struct Zero<T> : IFirst<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V>(nint row, nint col) where V : unmanaged, IVector<V, T> => default;
}
