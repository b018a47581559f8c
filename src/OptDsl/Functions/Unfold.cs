namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// What a window sees at each place, side by side: pixels [rows, columns, c] → [down, across, height·width·c], zeros beyond the edges. With it a convolution
    /// is a product. There are (rows + 2·padding − dilation·(height − 1) − 1) / stride + 1 places down, and likewise across. https://hal.science/inria-00112631, §3.1.
    /// </summary>
    /// <param name="x">Pixels, row by row, each of c numbers.</param>
    /// <param name="height">Cells of the window, downwards.</param>
    /// <param name="width">Cells of the window, across.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Rows and columns of zeros around the image.</param>
    /// <param name="dilation">Pixels from one cell to the next.</param>
    /// <exception cref="OptDslException">x is no image, the window fits nowhere, or a number is out of range (OPT0102).</exception>
    public static Expr Unfold(this Expr x, int height, int width, int stride = 1, int padding = 0, int dilation = 1)
    {
        if (x.Rank != 3) throw Error.Argument("Unfold", $"needs pixels, [rows, columns, c], but got {x.Describe()}");
        return Build.Unfold(x, Dsl.Window(x, x.Shape[0], x.Shape[1], height, width, stride, padding, padding, dilation));
    }

    /// <summary>The adjoint of <see cref="Unfold"/>: each pixel is the sum of what the cells of all places that lie on it hold, [down, across, height·width·c] → [rows, columns, c].</summary>
    /// <param name="x">What the cells hold.</param>
    /// <param name="rows">Rows of the image.</param>
    /// <param name="columns">Columns of the image.</param>
    /// <param name="height">Cells of the window, downwards.</param>
    /// <param name="width">Cells of the window, across.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Rows and columns around the image that places reach, and that are lost.</param>
    /// <param name="dilation">Pixels from one cell to the next.</param>
    /// <exception cref="OptDslException">The window has other places on such an image, or a number is out of range (OPT0102).</exception>
    public static Expr Fold(this Expr x, int rows, int columns, int height, int width, int stride = 1, int padding = 0, int dilation = 1)
    {
        Dsl.CheckSizes("rows, columns", [rows, columns]);
        var window = Dsl.Window(x, rows, columns, height, width, stride, padding, padding, dilation);
        if (x.Rank != 3 || x.Shape[0] != window.Down || x.Shape[1] != window.Across || x.Shape.Last % (height * width) != 0)
            throw Error.Argument("Fold", $"needs [{Text.Number(window.Down)}, {Text.Number(window.Across)}, a multiple of {Text.Number(height * width)}], but got {x.Describe()}");
        return Build.Fold(x, window);
    }
}

public static partial class Dsl
{
    internal static WindowInfo Window(Expr x, int rows, int columns, int height, int width, int stride, int top, int left, int dilation)
    {
        CheckSizes("window", [height, width]);
        CheckSizes("stride, dilation", [stride, dilation]);
        if (top < 0 || left < 0) throw Error.Argument("padding", $"must be at least 0, but is {Text.Number(System.Math.Min(top, left))}");
        var (tall, wide) = (rows + 2L * top, columns + 2L * left);
        if ((double)tall * wide > 1 << 30) throw Error.Argument("padding", "an image may have at most 2^30 pixels with what is around it");
        if (tall <= dilation * (height - 1L) || wide <= dilation * (width - 1L))
            throw Error.Argument("window", $"{Text.Number(height)} × {Text.Number(width)} fits nowhere in {x.Describe()}");
        return new(rows, columns, height, width, stride, dilation, top, left);
    }
}
