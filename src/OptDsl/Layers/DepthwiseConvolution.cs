namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// A convolution of each of the c numbers of a pixel by itself: [rows, columns, c] → [down, across, c]. Makes <c>depthwiseN.weights</c> [size·size, c] and
    /// <c>depthwiseN.bias</c>; a 1 × 1 convolution after it makes the two a separable one. https://arxiv.org/abs/1610.02357, §1.
    /// </summary>
    /// <param name="x">Pixels, row by row, each of c numbers.</param>
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Rows and columns of zeros around the image.</param>
    /// <param name="dilation">Pixels from one cell of the window to the next.</param>
    /// <param name="weights">Where the weights start; He's of the window by default.</param>
    /// <param name="bias">Where the bias starts.</param>
    /// <exception cref="OptDslException">x is no image, or the window fits nowhere (OPT0102).</exception>
    public static Expr DepthwiseConv2D(this Expr x, int size, int stride = 1, int padding = 0, int dilation = 1, Init? weights = null, Init? bias = null)
    {
        if (x.Rank != 3) throw Error.Argument("DepthwiseConv2D", $"needs pixels, [rows, columns, c], but got {x.Describe()}");
        var (layer, c, seen) = (new LayerInfo("depthwise"), x.Shape.Last, x.Unfold(size, size, stride, padding, dilation));
        var cells = seen.Reshape(seen.Shape[0], seen.Shape[1], size * size, c) * Dsl.LayerParameter(layer, "weights", [size * size, c], weights ?? Init.He);
        return cells.Sum(2) + Dsl.LayerParameter(layer, "bias", [c], bias ?? Init.Zero);
    }
}
