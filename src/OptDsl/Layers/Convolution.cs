using System.Linq;

namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// A window of size × size pixels walks over the image; what it sees, times W, plus b: [rows, columns, c] → [down, across, <paramref name="filters"/>].
    /// Makes <c>convN.weights</c> [size·size·c / groups, filters] and <c>convN.bias</c>; He and zeros by default. http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf, §II.A.
    /// </summary>
    /// <param name="x">Pixels, row by row, each of c numbers: an image in planes is turned by <c>Permute(1, 2, 0)</c>.</param>
    /// <param name="filters">Numbers per place of the result.</param>
    /// <param name="size">Height and width of the window.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Rows and columns of zeros around the image; size / 2 keeps its size.</param>
    /// <param name="dilation">Pixels from one cell of the window to the next.</param>
    /// <param name="groups">The c numbers and the filters are divided among so many convolutions that do not see each other.</param>
    /// <param name="weights">Where the weights start.</param>
    /// <param name="bias">Where the bias starts.</param>
    /// <exception cref="OptDslException">x is no image, the window fits nowhere, or the groups do not divide c and the filters (OPT0102).</exception>
    public static Expr Conv2D(this Expr x, int filters, int size, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, Init? weights = null, Init? bias = null)
    {
        if (x.Rank != 3) throw Error.Argument("Conv2D", $"needs pixels, [rows, columns, c], but got {x.Describe()}");
        return Convolved(x, Dsl.Window(x, x.Shape[0], x.Shape[1], size, size, stride, padding, padding, dilation), filters, groups, weights, bias);
    }

    /// <summary>The same along a sequence: [positions, c] → [places, <paramref name="filters"/>].</summary>
    /// <param name="x">A row of c numbers per position.</param>
    /// <param name="filters">Numbers per place of the result.</param>
    /// <param name="size">Positions that the window sees.</param>
    /// <param name="stride">Positions from one place to the next.</param>
    /// <param name="padding">Positions of zeros at either end.</param>
    /// <param name="dilation">Positions from one cell of the window to the next.</param>
    /// <param name="groups">The c numbers and the filters are divided among so many convolutions that do not see each other.</param>
    /// <param name="weights">Where the weights start.</param>
    /// <param name="bias">Where the bias starts.</param>
    /// <exception cref="OptDslException">x is no sequence, the window fits nowhere, or the groups do not divide c and the filters (OPT0102).</exception>
    public static Expr Conv1D(this Expr x, int filters, int size, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, Init? weights = null, Init? bias = null)
    {
        if (x.Rank != 2) throw Error.Argument("Conv1D", $"needs a row per position, [positions, c], but got {x.Describe()}");
        var window = Dsl.Window(x, 1, x.Shape[0], 1, size, stride, 0, padding, dilation);
        return Convolved(x.Reshape(1, x.Shape[0], x.Shape[1]), window, filters, groups, weights, bias).Reshape(window.Across, filters);
    }

    static Expr Convolved(Expr x, WindowInfo window, int filters, int groups, Init? weights, Init? bias)
    {
        Dsl.CheckSizes("filters, groups", [filters, groups]);
        var (layer, c) = (new LayerInfo("conv"), x.Shape.Last);
        if (c % groups != 0 || filters % groups != 0) throw Error.Argument("groups", $"{Text.Number(groups)} do not divide the {Text.Number(c)} numbers of a pixel and {Text.Number(filters)} filters");
        var w = Dsl.LayerParameter(layer, "weights", [window.Height * window.Width * c / groups, filters], weights ?? Init.Usual);
        // Where there is one group, it is the whole.
        var parts = Enumerable.Range(0, groups).Select(g => Dsl.MatMul(Build.Unfold(Part(x, g, groups), window), Part(w, g, groups))).ToArray();
        return Dsl.Concat(-1, parts) + Dsl.LayerParameter(layer, "bias", [filters], bias ?? Init.Zero);
    }

    static Expr Part(Expr x, int part, int parts) => parts == 1 ? x : x.Slice(part * (x.Shape.Last / parts), x.Shape.Last / parts, axis: -1);
}
