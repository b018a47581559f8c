using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Windows of which a loop needs no copy: of one cell, so that it reads pixels where they lie; or whose cells never meet, so that it puts each on its pixel.</summary>
internal static class Picks
{
    /// <summary>A window of one cell that lies inside of the image at every place.</summary>
    public static bool IsPick(Value v) => v.Op == Primitive.Unfold && v.Data is WindowInfo { Height: 1, Width: 1 } window && IsInside(window);

    /// <summary>More cells would be more locals than the JIT optimises.</summary>
    const int Most = 64;

    /// <summary>A fold that adds nothing to anything: each place has pixels of its own.</summary>
    public static bool IsScatter(Value v) => v.Op == Primitive.Fold && v.Data is WindowInfo window && IsInside(window) && Cells(window) <= Most
        && (window.Height - 1) * window.Dilation < window.Stride && (window.Width - 1) * window.Dilation < window.Stride
        && (Cells(window) == 1 || (v.Operands[0].Data is ConcatInfo { Axis: 2 } && v.Operands[0].Operands.Count == Cells(window) && v.Operands[0].Operands.All(p => p.Extent.Columns == v.Extent.Columns)));

    /// <summary>Whether every pixel belongs to a place.</summary>
    public static bool IsComplete(WindowInfo window) =>
        window.Down * window.Height == window.Rows && window.Across * window.Width == window.Columns;

    /// <summary>What a scatter puts on the pixels of each cell.</summary>
    public static IReadOnlyList<Value> Parts(Value scatter) => Cells((WindowInfo)scatter.Data!) == 1 ? scatter.Operands : scatter.Operands[0].Operands;

    /// <summary>A window of one cell that walks over all pixels in order.</summary>
    public static bool IsWhole(WindowInfo window) => window is { Height: 1, Width: 1 } && window.Down == window.Rows && window.Across == window.Columns && IsInside(window);

    /// <summary>The window that sees one cell of another.</summary>
    public static WindowInfo Cell(WindowInfo window, int cell) =>
        window with { Height = 1, Width = 1, Top = window.Top - cell / window.Width * window.Dilation, Left = window.Left - cell % window.Width * window.Dilation };

    static int Cells(WindowInfo window) => window.Height * window.Width;

    static bool IsInside(WindowInfo w) => w.Top <= 0 && w.Left <= 0
        && (w.Down - 1) * w.Stride + (w.Height - 1) * w.Dilation - w.Top < w.Rows && (w.Across - 1) * w.Stride + (w.Width - 1) * w.Dilation - w.Left < w.Columns;
}
