using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>A sink of emitted text: its body is read once per place that makes one.</summary>
readonly struct EmittedSink<V, T>(Cell<V> acc, Cell<nint> row, Cell<nint> col, Action body) : ISink<T>
    where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Store<W>(W x, nint r, nint c) where W : unmanaged, IVector<W, T>
    {
        if (typeof(W) != typeof(V)) throw new NotSupportedException($"a tile of {typeof(W)}");
        // The threads of a team share the variables.
        lock (body)
        {
            (acc.Value, row.Value, col.Value) = (Unsafe.BitCast<W, V>(x), r, c);
            body();
        }
    }
}
