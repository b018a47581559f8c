using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Stores a product by rows: c[row·ld + col].</summary>
/// <typeparam name="T">The element.</typeparam>
/// <param name="c">The result.</param>
/// <param name="ld">Elements from one row to the next.</param>
public readonly struct RowSink<T>(Buffer<T> c, nint ld) : ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> c = c;
    private readonly nint ld = ld;

    /// <summary>The same further on.</summary>
    internal RowSink<T> At(nint offset) => new(c.At(offset), ld);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, T> => V.Store(acc, c, row * ld + col);
}
