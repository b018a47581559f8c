using System;
using System.Linq;

namespace OptDsl;

public static partial class Fluent
{
    /// <summary>The largest of each of the c numbers in a window: [rows, columns, c] → [down, across, c]. Of equal ones the first gets the gradient. Beyond the edges lies nothing.</summary>
    /// <param name="x">Pixels, row by row, each of c numbers.</param>
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">Pixels from one place to the next; <paramref name="size"/> unless given.</param>
    /// <param name="padding">How far the window reaches beyond the edges, less than its size.</param>
    /// <param name="dilation">Pixels from one cell of the window to the next.</param>
    /// <exception cref="OptDslException">x is no image, the window fits nowhere or sees no pixel at one of its places (OPT0102).</exception>
    public static Expr MaxPool2D(this Expr x, int size, int? stride = null, int padding = 0, int dilation = 1) =>
        Pooled("MaxPool2D", x, size, stride ?? size, padding, dilation, lowest: double.NegativeInfinity, Dsl.Max);

    /// <summary>The mean of each of the c numbers in a window: [rows, columns, c] → [down, across, c]. What lies beyond the edges counts as 0.</summary>
    /// <param name="x">Pixels, row by row, each of c numbers.</param>
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">Pixels from one place to the next; <paramref name="size"/> unless given.</param>
    /// <param name="padding">How far the window reaches beyond the edges, less than its size.</param>
    /// <exception cref="OptDslException">x is no image, or the window fits nowhere (OPT0102).</exception>
    public static Expr AveragePool2D(this Expr x, int size, int? stride = null, int padding = 0) =>
        Pooled("AveragePool2D", x, size, stride ?? size, padding, 1, lowest: 0, (a, b) => a + b) / (size * size);

    /// <summary>The mean over all pixels: [rows, columns, c] → [c].</summary>
    /// <exception cref="OptDslException">x is no image (OPT0102).</exception>
    public static Expr GlobalAveragePool(this Expr x) => Pixels("GlobalAveragePool", x).Mean(0);

    /// <summary>The largest over all pixels: [rows, columns, c] → [c]; equal ones share the gradient.</summary>
    /// <exception cref="OptDslException">x is no image (OPT0102).</exception>
    public static Expr GlobalMaxPool(this Expr x) => Pixels("GlobalMaxPool", x).Permute(1, 0).Max(-1);

    static Expr Pixels(string name, Expr x) =>
        x.Rank == 3 ? x.Reshape(x.Shape[0] * x.Shape[1], x.Shape[2]) : throw Error.Argument(name, $"needs pixels, [rows, columns, c], but got {x.Describe()}");

    static Expr Pooled(string name, Expr x, int size, int stride, int padding, int dilation, double lowest, Func<Expr, Expr, Expr> pair)
    {
        if (x.Rank != 3) throw Error.Argument(name, $"needs pixels, [rows, columns, c], but got {x.Describe()}");
        var window = Dsl.Window(x, x.Shape[0], x.Shape[1], size, size, stride, padding, padding, dilation);
        if (padding >= size) throw Error.Argument("padding", $"{Text.Number(padding)} is not less than the window's size, {Text.Number(size)}");
        if (IsBlind(window.Down, window.Rows) || IsBlind(window.Across, window.Columns)) throw Error.Argument("dilation", $"{Text.Number(dilation)} makes a place of the window see beyond the edges alone");
        // The cells of the window side by side: one image of each.
        var (seen, c) = (Build.Unfold(x, window), x.Shape.Last);
        return Build.InPairs([.. Enumerable.Range(0, size * size).Select(i => Cell(seen.Slice(i * c, c, axis: -1), i / size * dilation - padding, i % size * dilation - padding))], pair);

        Expr Cell(Expr cell, int down, int right) =>
            padding == 0 || lowest == 0 ? cell
            : Dsl.Where(Dsl.And(Inside(window.Down, down, window.Rows, [window.Down, 1, 1]), Inside(window.Across, right, window.Columns, [window.Across, 1])), cell, lowest);

        bool IsBlind(int places, int pixels) => Enumerable.Range(0, places).Any(place => Enumerable.Range(0, size).All(cell => place * stride - padding + cell * dilation is var at && (at < 0 || at >= pixels)));

        Expr Inside(int places, int first, int pixels, int[] shape)
        {
            var at = (Dsl.Indices(places) * stride + first).Reshape(shape);
            return Dsl.And(Dsl.LessEqual(0, at), Dsl.Less(at, pixels));
        }
    }
}
