using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>Where the finished elements of a product go, and what happens to them on the way; a struct passed by value costs nothing.</summary>
/// <typeparam name="T">The element.</typeparam>
public interface ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes the elements (row, col) … (row, col + Count − 1). Implementations are AggressiveInlining.</summary>
    void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, T>;
}
