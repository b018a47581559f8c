using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Stores a product as column panels of a power-of-two width w: c[⌊col/w⌋·rows·w + row·w + col mod w].</summary>
/// <typeparam name="T">The element.</typeparam>
/// <param name="c">The result.</param>
/// <param name="rows">How many rows the result has.</param>
/// <param name="log2Width">The logarithm of the panels' width.</param>
public readonly struct PanelSink<T>(Buffer<T> c, nint rows, int log2Width) : ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> c = c;
    private readonly nint rows = rows;
    private readonly int log2Width = log2Width;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, T> => V.Store(acc, c, Panels.At(row, col, rows, log2Width));
}
