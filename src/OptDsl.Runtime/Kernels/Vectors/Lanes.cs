using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>
/// The 16 virtual lanes of a reduction along the last axis: element i goes to lane i mod 16, and the lanes meet in one fixed tree,
/// so that every width gives the same bits.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public struct Lanes<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Width = 16;

    private readonly Buffer<T> scratch;
    private V register;

    /// <summary>Lanes that begin at <paramref name="start"/>: +0 for a sum, −∞ for a maximum.</summary>
    /// <param name="scratch">16 elements that vectors narrower than 16 lanes use.</param>
    /// <param name="start">Where every lane begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes(Buffer<T> scratch, T start)
    {
        this.scratch = scratch;
        register = V.Create(start);
        if (V.Count != Width)
            for (nint j = 0; j < Width; j += V.Count)
                V.Store(register, scratch, j);
    }

    /// <summary>lane ← lane + x for the elements i … i + Count − 1; i is a multiple of Count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(V x, nint i)
    {
        if (V.Count == Width)
            register += x;
        else
            V.Store(V.Load(scratch, i & (Width - 1)) + x, scratch, i & (Width - 1));
    }

    /// <summary>lane ← lane &lt; x ? x : lane for the elements i … i + Count − 1; i is a multiple of Count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Max(V x, nint i)
    {
        if (V.Count == Width)
            register = V.Larger(register, x);
        else
            V.Store(V.Larger(V.Load(scratch, i & (Width - 1)), x), scratch, i & (Width - 1));
    }

    /// <summary>The sum of the lanes: for h = 8, 4, 2, 1: lane[j] ← lane[j] + lane[j + h].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T Sum()
    {
        if (V.Count == Width)
            return V.SumHalves(register);
        for (nint h = Width / 2; h >= V.Count; h /= 2)
            for (nint j = 0; j < h; j += V.Count)
                V.Store(V.Load(scratch, j) + V.Load(scratch, j + h), scratch, j);
        return V.SumHalves(V.Load(scratch, 0));
    }

    /// <summary>The largest lane by the same tree: lane[j] ← lane[j] &lt; lane[j + h] ? lane[j + h] : lane[j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T Max()
    {
        if (V.Count == Width)
            return V.MaxHalves(register);
        for (nint h = Width / 2; h >= V.Count; h /= 2)
            for (nint j = 0; j < h; j += V.Count)
                V.Store(V.Larger(V.Load(scratch, j), V.Load(scratch, j + h)), scratch, j);
        return V.MaxHalves(V.Load(scratch, 0));
    }
}
