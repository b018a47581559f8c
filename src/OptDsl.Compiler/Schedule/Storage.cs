using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// Where elements lie. Rows are padded to 16 elements; a matrix whose shape is the right operand of products lies in
/// column panels of the tile's width for its whole life, so that nothing is ever packed. What a window sees, where products alone ask for it, is the image in a frame.
/// </summary>
internal sealed class Storage
{
    const int Lanes = 16, Panel = 32;

    readonly HashSet<Shape> panels;
    readonly HashSet<Value> framed;

    public Storage(Graph graph)
    {
        panels = [.. graph.Values.Where(v => v.Op == Primitive.MatMul && !v.Operands[1].Extent.Batched).Select(v => v.Operands[1].Extent.Dims)];
        var others = new HashSet<Value>(graph.Roots.All);
        foreach (var v in graph.Values)
            for (var i = 0; i < v.Operands.Count; i++)
                if (v.Op != Primitive.MatMul || i > 0) others.Add(v.Operands[i]);
        framed = [.. graph.Values.Where(v => v.Op == Primitive.Unfold && !others.Contains(v) && CanBeFramed(v))];
        // What walks a matrix row by row needs its rows in one piece.
        foreach (var v in graph.Values)
        {
            if (v.Op == Primitive.MatMul) Exclude(v.Operands[0]);
            if (v.Op == Primitive.BatchMatMul || v.Op == Primitive.Concat) Exclude([.. v.Operands, v]);
            if (v.Op == Primitive.MatMul && (bool)v.Data!) Exclude(v.Operands[1]);
            if (v.Op == Primitive.Sum || v.Op == Primitive.Max || v.Op == Primitive.Slice || v.Op == Primitive.Pad || v.Op == Primitive.Reshape || v.Data is WindowInfo) Exclude(v.Operands[0], v);
            if (v.Op == Primitive.Broadcast && v.Operands[0].Extent is { IsScalar: false }) Exclude(v.Operands[0], v);
            if (v.Op == Primitive.BatchSum || v.Op == Primitive.ScatterAdd) Exclude(v);
            if (v.Op == Primitive.Gather) Exclude(v.Operands[0], v);
        }
    }

    void Exclude(params Value[] values)
    {
        foreach (var v in values)
            if (!v.Extent.Batched) panels.Remove(v.Extent.Dims);
    }

    /// <summary>The width of a column panel; a row-major tensor is one panel as wide as its padded row.</summary>
    public int Width(Extent extent) => extent.Dims.Rank == 0 ? 1
        : !extent.Batched && extent.Dims.Rank == 2 && extent.Columns > Lanes && panels.Contains(extent.Dims) ? Panel
        : Pad(extent.Columns);

    public bool InPanels(Extent extent) => !extent.Batched && extent.Dims.Rank == 2 && Width(extent) < extent.Columns;

    /// <summary>Elements, per example where batched.</summary>
    public long Size(Extent extent)
    {
        if (extent.Dims.Rank == 0) return extent.Batched ? 1 : Lanes;
        long rows = extent.Dims.Size / extent.Columns, width = Width(extent);
        return rows * width * ((extent.Columns + width - 1) / width);
    }

    /// <summary>Elements of a value, per example where batched.</summary>
    public long Size(Value v) => IsFramed(v) ? FrameSize(v) : Size(v.Extent);

    /// <summary>Whether products read through the window what lies in the image once.</summary>
    public bool IsFramed(Value v) => framed.Contains(v);

    /// <summary>Another shape of the same elements in the same places.</summary>
    public bool IsView(Value reshape)
    {
        Extent from = reshape.Operands[0].Extent, to = reshape.Extent;
        return from.Dims.Rank > 0 && to.Dims.Rank > 0 && !InPanels(from) && !InPanels(to) && (from.Columns == to.Columns || (from.Columns % Lanes == 0 && to.Columns % Lanes == 0));
    }

    /// <summary>A row of a window is one piece of memory, and the frame no larger than all that is seen.</summary>
    bool CanBeFramed(Value unfold) => unfold.Data is WindowInfo { Dilation: 1, Top: >= 0, Left: >= 0 } window && window.Height * window.Width > 1 && FrameSize(unfold) <= Size(unfold.Extent);

    /// <summary>The pixels that a window sees, and what a copy may write behind them.</summary>
    static long FrameSize(Value unfold)
    {
        var w = (WindowInfo)unfold.Data!;
        var pixels = ((w.Down - 1L) * w.Stride + w.Height) * ((w.Across - 1L) * w.Stride + w.Width);
        return (pixels * unfold.Operands[0].Extent.Columns + 2 * Lanes - 1) / Lanes * Lanes;
    }

    public static int Pad(int columns) => (columns + Lanes - 1) / Lanes * Lanes;
}
