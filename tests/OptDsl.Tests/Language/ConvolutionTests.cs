using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>Windows that walk over an image, against plain loops and against each other.</summary>
public class ConvolutionTests
{
    const int Rows = 6, Columns = 7;

    static double[] Numbers(int count, double scale = 3) => [.. Enumerable.Range(1, count).Select(i => Math.Sin(scale * i))];

    /// <summary>A layer of one image, with numbers for its weights and its bias.</summary>
    static (double[] Output, double[] Weights, double[] Bias) Of(Expr layer, double[] image, double[]? weights = null)
    {
        using var learner = layer.Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>();
        if (learner.Parameters is not [var w, var b]) throw new ArgumentException("It has other parameters.", nameof(layer));
        w.CopyFrom(weights ?? Numbers(w.ToArray().Length, 0.7));
        b.CopyFrom(Numbers(b.ToArray().Length, 0.3));
        var output = new double[layer.Shape.Size];
        learner.Predict(new Batch(1, image), output);
        return (output, w.ToArray(), b.ToArray());
    }

    static void AreClose(double[] wanted, double[] found)
    {
        Assert.Equal(wanted.Length, found.Length);
        for (var i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], found[i], 1e-13);
    }

    [Theory]
    [InlineData(3, 1, 0, 1, 1)]
    [InlineData(3, 1, 1, 1, 1)]
    [InlineData(2, 2, 0, 1, 1)]
    [InlineData(3, 2, 2, 2, 1)]
    [InlineData(1, 3, 0, 1, 2)]
    [InlineData(3, 1, 1, 1, 4)]
    [InlineData(2, 3, 4, 3, 2)]
    public void A_convolution_is_its_loops(int size, int stride, int padding, int dilation, int groups)
    {
        var image = Numbers(Rows * Columns * 4);
        var (found, w, b) = Of(Input([Rows, Columns, 4]).Conv2D(8, size, stride, padding, dilation, groups), image);
        AreClose(Loops(image, Rows, 4, w, b, size, size, stride, padding, padding, dilation, groups), found);
    }

    [Theory]
    [InlineData(3, 1, 0, 1, 1)]
    [InlineData(2, 2, 3, 4, 2)]
    public void A_convolution_along_a_sequence_is_its_loops(int size, int stride, int padding, int dilation, int groups)
    {
        var sequence = Numbers(Columns * 4);
        var (found, w, b) = Of(Input([Columns, 4]).Conv1D(6, size, stride, padding, dilation, groups), sequence);
        AreClose(Loops(sequence, 1, 4, w, b, 1, size, stride, 0, padding, dilation, groups), found);
    }

    static double[] Loops(double[] image, int rows, int c, double[] w, double[] b, int height, int width, int stride, int top, int left, int dilation, int groups)
    {
        int columns = image.Length / rows / c, filters = b.Length, each = c / groups;
        List<double> seen = [];
        for (var y = -top; y + dilation * (height - 1) < rows + top; y += stride)
            for (var x = -left; x + dilation * (width - 1) < columns + left; x += stride)
                for (var f = 0; f < filters; f++)
                {
                    var sum = b[f];
                    for (var i = 0; i < height; i++)
                        for (var j = 0; j < width; j++)
                            for (var k = 0; k < each; k++)
                            {
                                int row = y + i * dilation, column = x + j * dilation, channel = f / (filters / groups) * each + k;
                                if (row >= 0 && row < rows && column >= 0 && column < columns)
                                    sum += image[(row * columns + column) * c + channel] * w[((i * width + j) * each + k) * filters + f];
                            }
                    seen.Add(sum);
                }
        return [.. seen];
    }

    [Fact]
    public void What_moves_in_the_image_moves_in_the_result()
    {
        const int Down = 2, Right = 1;
        double[] image = new double[8 * 8], moved = new double[8 * 8], blob = Numbers(9);
        for (var i = 0; i < 9; i++) (image[(2 + i / 3) * 8 + 2 + i % 3], moved[(2 + Down + i / 3) * 8 + 2 + Right + i % 3]) = (blob[i], blob[i]);
        Expr layer = Input([8, 8, 1]).Conv2D(2, 3);
        double[] first = Of(layer, image).Output, second = Of(layer, moved).Output;
        for (var y = 0; y < 6 - Down; y++)
            for (var x = 0; x < 6 - Right; x++)
                for (var f = 0; f < 2; f++) Assert.Equal(first[(y * 6 + x) * 2 + f], second[((y + Down) * 6 + x + Right) * 2 + f]);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_convolution_is_a_product_with_what_the_window_sees()
    {
        Expr x = Input([Rows, Columns, 2]), w = Parameter([2 * 3 * 3, 5], Init.One, "w"), b = Parameter([5], Init.One, "b");
        Assert.Equal(Of(MatMul(x.Unfold(3, 3, stride: 2, padding: 1), w) + b, Numbers(Rows * Columns * 2)).Output, Of(x.Conv2D(5, 3, stride: 2, padding: 1), Numbers(Rows * Columns * 2)).Output);
    }

    [Fact]
    public void A_depthwise_convolution_has_a_group_for_each_channel()
    {
        Expr x = Input([Rows, Columns, 3]);
        var image = Numbers(Rows * Columns * 3);
        AreClose(Of(x.Conv2D(3, 3, stride: 2, padding: 1, dilation: 2, groups: 3), image).Output, Of(x.DepthwiseConv2D(3, stride: 2, padding: 1, dilation: 2), image).Output);
    }

    [Theory]
    [InlineData(2, 3, 1, 0, 1)]
    [InlineData(3, 2, 2, 1, 1)]
    [InlineData(3, 3, 3, 2, 2)]
    [InlineData(1, 1, 4, 0, 1)]
    public void To_fold_is_the_adjoint_of_to_unfold(int height, int width, int stride, int padding, int dilation)
    {
        Expr x = Parameter([Rows, Columns, 2], Init.Normal(1), "x"), seen = x.Unfold(height, width, stride, padding, dilation), y = Parameter(seen.Shape.ToArray(), Init.Normal(1), "y");
        using var unfolded = (seen * y).Sum().Minimize(Sgd(0.1)).Compile<double>(seed: 2);
        using var folded = (x * y.Fold(Rows, Columns, height, width, stride, padding, dilation)).Sum().Minimize(Sgd(0.1)).Compile<double>(seed: 2);
        Assert.Equal(unfolded["y"].ToArray(), folded["y"].ToArray());
        Assert.Equal(unfolded.Gradient(Batch.Empty), folded.Gradient(Batch.Empty), 1e-13);
        foreach (var name in (string[])["x", "y"]) AreClose(unfolded.GradientOf(name).ToArray(), folded.GradientOf(name).ToArray());
    }

    [Theory]
    [InlineData(3, 1, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    public void A_transposed_convolution_is_the_adjoint_of_a_convolution(int size, int stride, int padding)
    {
        const int Down = 3, Across = 2, C = 2, Filters = 4;
        int rows = (Down - 1) * stride - 2 * padding + size, columns = (Across - 1) * stride - 2 * padding + size;
        double[] x = Numbers(rows * columns * C), y = Numbers(Down * Across * Filters, 2), w = Numbers(size * size * C * Filters, 0.7);
        double[] turned = [.. Enumerable.Range(0, w.Length).Select(i => w[i % (size * size * C) * Filters + i / (size * size * C)])];
        var (forth, _, a) = Of(Input([rows, columns, C]).Conv2D(Filters, size, stride, padding), x, w);
        var (back, _, b) = Of(Input([Down, Across, Filters]).ConvTranspose2D(C, size, stride, padding), y, turned);
        Assert.Equal(forth.Select((f, i) => (f - a[i % Filters]) * y[i]).Sum(), back.Select((f, i) => (f - b[i % C]) * x[i]).Sum(), 1e-12);
    }

    [Theory]
    [InlineData(2, 2, 0, 1)]
    [InlineData(3, 2, 2, 1)]
    [InlineData(2, 1, 1, 3)]
    public void Beyond_the_edges_lies_nothing_that_could_be_the_largest(int size, int stride, int padding, int dilation)
    {
        Expr scale = Parameter([1], Init.One, "scale"), zero = Parameter([1], Init.Zero, "zero"), layer = Input([Rows, Columns, 2]).MaxPool2D(size, stride, padding, dilation) * scale + zero;
        // Far below zero, and the further the later.
        double[] image = [.. Enumerable.Range(1, Rows * Columns * 2).Select(i => -1e300 * i)];
        using var learner = layer.Loss(SquaredError).Minimize(Sgd(0.1)).Compile<double>();
        var found = new double[layer.Shape.Size];
        learner.Predict(new Batch(1, image), found);
        for (var i = 0; i < found.Length; i++)
        {
            int y = i / 2 / layer.Shape[1] * stride - padding, x = i / 2 % layer.Shape[1] * stride - padding;
            var seen = from row in Cells(y, Rows) from column in Cells(x, Columns) select image[(row * Columns + column) * 2 + i % 2];
            Assert.Equal(seen.Max(), found[i]);
        }

        IEnumerable<int> Cells(int first, int pixels) => Enumerable.Range(0, size).Select(cell => first + cell * dilation).Where(at => at >= 0 && at < pixels);
    }

    static readonly Dictionary<string, Func<Expr, Expr>> mistakes = new()
    {
        ["window: 4 × 4 fits nowhere in input [3, 4, 6]"] = x => x.Conv2D(2, 4),
        ["window: 2 × 2 fits nowhere in input [3, 4, 6]"] = x => x.MaxPool2D(2, dilation: 3),
        ["window: 1 × 13 fits nowhere in reshape [12, 6]"] = x => x.Reshape(12, 6).Conv1D(2, 13),
        ["groups: 4 do not divide the 6 numbers of a pixel and 8 filters"] = x => x.Conv2D(8, 3, groups: 4),
        ["groups: 3 do not divide the 6 numbers of a pixel and 8 filters"] = x => x.Conv2D(8, 3, groups: 3),
        ["window: 3 × 1 fits nowhere in input [3, 4, 6]"] = x => x.Unfold(3, 1, dilation: 1 << 30),
        ["window: a tensor may have at most 2^30 elements"] = x => x.Unfold(400, 400, padding: 8000),
        ["padding: an image may have at most 2^30 pixels with what is around it"] = x => x.Unfold(1, 1, padding: int.MaxValue),
        ["dilation: 3 makes a place of the window see beyond the edges alone"] = x => x.Slice(0, 2).MaxPool2D(2, stride: 1, padding: 1, dilation: 3),
        ["Pad: a tensor may have at most 2^30 elements"] = x => x.Pad(0, int.MaxValue, int.MaxValue),
        ["padding: must be at least 0, but is -1"] = x => x.Conv2D(2, 3, padding: -1),
        ["padding: 2 is not less than the window's size, 2"] = x => x.MaxPool2D(2, padding: 2),
        ["stride, dilation: sizes must be at least 1, but one is 0"] = x => x.Unfold(2, 2, stride: 0),
        ["filters, groups: sizes must be at least 1, but one is 0"] = x => x.Conv2D(0, 3),
        ["Conv2D: needs pixels, [rows, columns, c], but got sum [3, 4]"] = x => x.Sum(-1).Conv2D(2, 3),
        ["Conv1D: needs a row per position, [positions, c], but got input [3, 4, 6]"] = x => x.Conv1D(2, 3),
        ["DepthwiseConv2D: needs pixels, [rows, columns, c], but got reshape [72]"] = x => x.Flatten().DepthwiseConv2D(2),
        ["ConvTranspose2D: needs pixels, [rows, columns, c], but got reshape [72]"] = x => x.Flatten().ConvTranspose2D(2, 2),
        ["ConvTranspose2D: sizes must be at least 1, but one is 0"] = x => x.ConvTranspose2D(2, 2, padding: 2),
        ["AveragePool2D: needs pixels, [rows, columns, c], but got reshape [72]"] = x => x.Flatten().AveragePool2D(2),
        ["GlobalMaxPool: needs pixels, [rows, columns, c], but got reshape [72]"] = x => x.Flatten().GlobalMaxPool(),
        ["Unfold: needs pixels, [rows, columns, c], but got reshape [72]"] = x => x.Flatten().Unfold(2, 2),
        ["Fold: needs [4, 4, a multiple of 4], but got input [3, 4, 6]"] = x => x.Fold(5, 5, 2, 2),
        ["Fold: needs [3, 4, a multiple of 4], but got input [3, 4, 6]"] = x => x.Fold(4, 5, 2, 2),
    };

    public static TheoryData<string> Mistakes => [.. mistakes.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_fit_is_told(string text) => Assert.Equal("OPT0102: " + text, Assert.Throws<OptDslException>(() => mistakes[text](Input([3, 4, 6]))).Message);
}
