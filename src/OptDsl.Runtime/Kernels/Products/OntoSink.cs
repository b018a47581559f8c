using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Stores sums over what they begin with: column panels of any width, which by rows are one.
internal readonly struct OntoSink<T>(Buffer<T> c, nint rows, nint width) : ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> c = c;
    private readonly nint rows = rows, width = width;

    public nint Width => width;

    public Buffer<T> At(nint row, nint col) => c.At(Panels.OfWidth(row, col, rows, width));

    public T this[nint row, nint col] => c[Panels.OfWidth(row, col, rows, width)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Load<V>(nint row, nint col) where V : unmanaged, IVector<V, T> => V.Load(c, Panels.OfWidth(row, col, rows, width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, T> => V.Store(acc, c, Panels.OfWidth(row, col, rows, width));
}
