using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>Any sink behind one type: the tiles of a product are compiled for it once and not for each network's own sinks.</summary>
public readonly struct BoxedSink<T>(ISink<T> sink) : ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, T> => sink.Store(acc, row, col);
}
