using System.Numerics;
using System.Runtime.CompilerServices;

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
        private readonly nint top = start[0], left = start[1], stride = stride, dilation = dilation, pixelStride = pixelStride, placeStride = placeStride;
        private readonly bool adds = adds;

        // What a whole vector writes too much is written again after it, or is padding.
        public nint PlaceSize => down * across * placeStride;

        // Row after row of the window, so that a row beyond the edges is known at once; each pixel still meets its places in order.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int example)
        {
            // In locals: the compiler must think that a store may change a field.
            nint rows = this.rows, columns = this.columns, c = this.c, width = this.width, pixelStride = this.pixelStride, placeStride = this.placeStride;
            nint stride = this.stride, dilation = this.dilation, left = this.left, across = this.across, run = width * c;
            bool adds = this.adds, isDense = !adds && dilation == 1 && pixelStride == c;
            Buffer<T> image = pixels.At(example * rows * columns * pixelStride), first = places.At(example * down * across * placeStride);
            if (adds) image.Span((int)(rows * columns * pixelStride)).Clear();
            for (nint y = 0; y < down; y++, first = first.At(across * placeStride))
                for (nint i = 0; i < height; i++)
                {
                    nint row = y * stride + i * dilation - top, column = -left;
                    Buffer<T> place = first.At(i * run), pixels = image.At(row * columns * pixelStride);
                    nint room = placeStride - i * run, ahead = (rows - row) * columns * c;
                    for (nint x = 0; x < across; x++, column += stride, place = place.At(placeStride))
                        if (row < 0 || row >= rows)
                            Outside(place, run, adds);
                        else if (isDense && column >= 0 && column + width <= columns)
                            Copy(pixels, column * c, place, run, Math.Min(room, ahead - column * c));
                        else
                            for (nint j = 0, at = column; j < width; j++, at += dilation)
                                if (at < 0 || at >= columns)
                                    Outside(place.At(j * c), c, adds);
                                else if (adds)
                                    Add(place.At(j * c), pixels.At(at * pixelStride), c, Math.Min(room - j * c, pixelStride));
                                else
                                    Copy(pixels, at * pixelStride, place.At(j * c), c, Math.Min(room - j * c, pixelStride));
                }
        }

        // So many numbers; whole vectors where there is room for them on both sides.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Copy(Buffer<T> from, nint at, Buffer<T> to, nint count, nint room)
        {
            if ((count + V.Count - 1) / V.Count * V.Count <= room)
                for (nint i = 0; i < count; i += V.Count) V.Store(V.Load(from, at + i), to, i);
            else
                for (nint i = 0; i < count; i++) to[i] = from[at + i];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(Buffer<T> cell, Buffer<T> pixel, nint count, nint room)
        {
            if ((count + V.Count - 1) / V.Count * V.Count <= room)
                for (nint i = 0; i < count; i += V.Count) V.Store(V.Load(pixel, i) + V.Load(cell, i), pixel, i);
            else
                for (nint i = 0; i < count; i++) pixel[i] += cell[i];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Outside(Buffer<T> cells, nint count, bool adds)
        {
            for (nint i = 0; i < count && !adds; i++) cells[i] = T.Zero;
        }
    }
}
