using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>
/// A window that walks over images, which are pixels of c numbers, row by row. At place (y, x) its cell (i, j) lies on pixel (y·stride + i·dilation − top,
/// x·stride + j·dilation − left), or outside.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static class Windows<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What each place sees, side by side: pixels → rows of height·width·c, zeros where a cell lies outside.</summary>
    /// <param name="team">Who copies.</param>
    /// <param name="pixels">The images.</param>
    /// <param name="pixelStride">Elements from one pixel to the next.</param>
    /// <param name="places">What is seen.</param>
    /// <param name="placeStride">Elements from one place to the next.</param>
    /// <param name="examples">How many images.</param>
    /// <param name="image">Rows, columns, c.</param>
    /// <param name="fits">Places down and across.</param>
    /// <param name="window">Height and width.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="dilation">Pixels from one cell to the next.</param>
    /// <param name="start">How far above and left of the image the first place begins.</param>
    public static void Unfold(
        Team team, Buffer<T> pixels, nint pixelStride, Buffer<T> places, nint placeStride, nint examples,
        ReadOnlySpan<int> image, ReadOnlySpan<int> fits, ReadOnlySpan<int> window, int stride, int dilation, ReadOnlySpan<int> start) =>
        Run(team, new(false, pixels, pixelStride, places, placeStride, image, fits, window, stride, dilation, start), examples);

    /// <summary>The adjoint: each pixel becomes the sum, place after place, of what the cells that lie on it hold.</summary>
    /// <param name="team">Who adds.</param>
    /// <param name="places">What the cells hold.</param>
    /// <param name="placeStride">Elements from one place to the next.</param>
    /// <param name="pixels">The sums.</param>
    /// <param name="pixelStride">Elements from one pixel to the next.</param>
    /// <param name="examples">How many images.</param>
    /// <param name="image">Rows, columns, c.</param>
    /// <param name="fits">Places down and across.</param>
    /// <param name="window">Height and width.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="dilation">Pixels from one cell to the next.</param>
    /// <param name="start">How far above and left of the image the first place begins.</param>
    public static void Fold(
        Team team, Buffer<T> places, nint placeStride, Buffer<T> pixels, nint pixelStride, nint examples,
        ReadOnlySpan<int> image, ReadOnlySpan<int> fits, ReadOnlySpan<int> window, int stride, int dilation, ReadOnlySpan<int> start) =>
        Run(team, new(true, pixels, pixelStride, places, placeStride, image, fits, window, stride, dilation, start), examples);

    private static void Run(Team team, Walk walk, nint examples)
    {
        // Bound by loads and stores, eight bytes an element: worth as much as 16 flops.
        if (team.IsWorthSharing(16.0 * examples * walk.PlaceSize))
            team.Run(walk, (int)examples);
        else
            for (int e = 0; e < examples; e++)
                walk.Run(e);
    }

    private readonly struct Walk(
        bool adds, Buffer<T> pixels, nint pixelStride, Buffer<T> places, nint placeStride,
        ReadOnlySpan<int> image, ReadOnlySpan<int> fits, ReadOnlySpan<int> window, int stride, int dilation, ReadOnlySpan<int> start) : IJob
    {
        private readonly nint rows = image[0], columns = image[1], c = image[2], down = fits[0], across = fits[1], height = window[0], width = window[1];
        private readonly nint top = start[0], left = start[1];

        public nint PlaceSize => down * across * placeStride;

        public void Run(int example)
        {
            Buffer<T> image = pixels.At(example * rows * columns * pixelStride), place = places.At(example * down * across * placeStride);
            if (adds) Moves.Clear(image, rows * columns * pixelStride);
            for (nint y = 0; y < down; y++)
                for (nint x = 0; x < across; x++, place = place.At(placeStride))
                    for (nint i = 0; i < height; i++)
                        Row(image, place.At(i * width * c), y * stride + i * dilation - top, x * stride - left);
        }

        // The cells of one row of the window.
        private void Row(Buffer<T> image, Buffer<T> cells, nint y, nint x)
        {
            bool outside = y < 0 || y >= rows;
            // Pixels without gaps, seen whole: one copy.
            if (!adds && !outside && dilation == 1 && pixelStride == c && x >= 0 && x + width <= columns)
            {
                Moves.Copy(image.At((y * columns + x) * c), cells, width * c);
                return;
            }
            for (nint j = 0; j < width; j++, x += dilation)
            {
                Buffer<T> cell = cells.At(j * c), pixel = image.At((y * columns + x) * pixelStride);
                if (outside || x < 0 || x >= columns)
                {
                    if (!adds) Moves.Clear(cell, c);
                }
                else if (adds)
                    Add(cell, pixel);
                else
                    Moves.Copy(pixel, cell, c);
            }
        }

        private void Add(Buffer<T> cell, Buffer<T> pixel)
        {
            nint i = 0;
            for (; i + V.Count <= c; i += V.Count)
                V.Store(V.Load(pixel, i) + V.Load(cell, i), pixel, i);
            for (; i < c; i++)
                pixel[i] += cell[i];
        }
    }
}
