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
        private readonly nint top = start[0], left = start[1];


        public nint PlaceSize => down * across * placeStride;

        // Row after row of the window, so that a row beyond the edges is known at once; each pixel still meets its places in order.
        public void Run(int example)
        {
            Buffer<T> image = pixels.At(example * rows * columns * pixelStride), first = places.At(example * down * across * placeStride);
            if (adds) Moves.Clear(image, rows * columns * pixelStride);
            for (nint y = 0; y < down; y++)
                for (nint i = 0; i < height; i++)
                {
                    nint row = y * stride + i * dilation - top, offset = i * width * c;
                    Buffer<T> cells = first.At(y * across * placeStride + offset);
                    if (row >= 0 && row < rows && adds)
                        Add(image.At(row * columns * pixelStride), cells, placeStride - offset);
                    else if (row >= 0 && row < rows)
                        Copy(image.At(row * columns * pixelStride), cells, placeStride - offset, (rows - row) * columns * c);
                    else if (!adds)
                        for (nint x = 0; x < across; x++) Moves.Clear(cells.At(x * placeStride), width * c);
                }
        }

        // What the places of a row see of a row of pixels. A whole vector may write too much: what comes later goes over it, or it is padding. In methods of
        // their own and with few calls, because what is inlined has a budget.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Copy(Buffer<T> pixels, Buffer<T> cells, nint room, nint ahead)
        {
            // In locals: the compiler must think that a store may change a field.
            nint c = this.c, run = width * c, columns = this.columns, step = dilation, apart = pixelStride, reach = (width - 1) * step;
            bool isDense = step == 1 && apart == c;
            for (nint x = 0, column = -left; x < across; x++, column += stride, cells = cells.At(placeStride))
            {
                // Pixels without gaps, seen whole, are one cell.
                bool isWhole = isDense && column >= 0 && column + reach < columns;
                nint size = isWhole ? run : c, vectors = (size + V.Count - 1) / V.Count * V.Count;
                for (nint to = 0, at = column; to < run; to += size, at += step)
                {
                    Buffer<T> pixel = pixels.At(at * apart), cell = cells.At(to);
                    if (at < 0 || at >= columns)
                        for (nint i = 0; i < size; i++) cell[i] = T.Zero;
                    else if (vectors <= room - to && vectors <= (isDense ? ahead - at * c : apart))
                        for (nint i = 0; i < size; i += V.Count) V.Store(V.Load(pixel, i), cell, i);
                    else
                        for (nint i = 0; i < size; i++) cell[i] = pixel[i];
                }
            }
        }

        // The same way back.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Add(Buffer<T> pixels, Buffer<T> cells, nint room)
        {
            nint c = this.c, run = width * c, columns = this.columns, step = dilation, apart = pixelStride, vectors = (c + V.Count - 1) / V.Count * V.Count;
            for (nint x = 0, column = -left; x < across; x++, column += stride, cells = cells.At(placeStride))
                for (nint from = 0, at = column; from < run; from += c, at += step)
                {
                    if (at < 0 || at >= columns) continue;
                    Buffer<T> pixel = pixels.At(at * apart), cell = cells.At(from);
                    if (vectors <= room - from && vectors <= apart)
                        for (nint i = 0; i < c; i += V.Count) V.Store(V.Load(pixel, i) + V.Load(cell, i), pixel, i);
                    else
                        for (nint i = 0; i < c; i++) pixel[i] += cell[i];
                }
        }
    }
}
