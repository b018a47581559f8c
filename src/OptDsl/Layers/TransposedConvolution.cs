namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// The adjoint of a convolution: each pixel paints a window of size × size, and what overlaps is added. [rows, columns, c] → [down, across,
    /// <paramref name="filters"/>] with down = (rows − 1)·stride − 2·padding + size. Makes <c>transposedN.weights</c> [c, size·size·filters] and
    /// <c>transposedN.bias</c>. https://arxiv.org/abs/1603.07285, §4.
    /// </summary>
    /// <param name="x">Pixels, row by row, each of c numbers.</param>
    /// <param name="filters">Numbers per pixel of the result.</param>
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Rows and columns that are cut off all around.</param>
    /// <param name="weights">Where the weights start.</param>
    /// <param name="bias">Where the bias starts.</param>
    /// <exception cref="OptDslException">x is no image, or nothing is left of it (OPT0102).</exception>
    public static Expr ConvTranspose2D(this Expr x, int filters, int size, int stride = 1, int padding = 0, Init? weights = null, Init? bias = null)
    {
        if (x.Rank != 3) throw Error.Argument("ConvTranspose2D", $"needs pixels, [rows, columns, c], but got {x.Describe()}");
        Dsl.CheckSizes("filters, size, stride", [filters, size, stride]);
        int down = Painted(x.Shape[0]), across = Painted(x.Shape[1]);
        Dsl.CheckSizes("ConvTranspose2D", [down, across]);
        var layer = new LayerInfo("transposed");
        var painted = Dsl.MatMul(x, Dsl.LayerParameter(layer, "weights", [x.Shape.Last, size * size * filters], weights ?? Init.Usual));
        return painted.Fold(down, across, size, size, stride, padding) + Dsl.LayerParameter(layer, "bias", [filters], bias ?? Init.Zero);

        int Painted(int pixels) => (pixels - 1) * stride - 2 * padding + size;
    }
}
