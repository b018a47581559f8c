using System.Numerics;

namespace OptDsl.Runtime;

// What the sums of a tile begin with; a struct passed by value costs nothing. Rows that the tile does not store may be anything.
internal interface IFirst<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The elements (row, col) … (row, col + Count − 1). Implementations are AggressiveInlining.
    V Load<V>(nint row, nint col) where V : unmanaged, IVector<V, T>;
}
