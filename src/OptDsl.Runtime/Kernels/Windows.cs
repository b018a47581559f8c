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

        // The places from one to before another whose columns all lie on the image.
        private readonly nint firstWhole = Math.Max(0, (start[1] + stride - 1) / stride);
        private readonly nint endWhole = image[1] + start[1] < dilation * (window[1] - 1) + 1 ? 0 : Math.Min(fits[1], (image[1] + start[1] - dilation * (window[1] - 1) - 1) / stride + 1);

        public nint PlaceSize => down * across * placeStride;

        // Pixels are summed, and places written, in order.
        public void Run(int example)
        {
            Buffer<T> image = pixels.At(example * rows * columns * pixelStride), first = places.At(example * down * across * placeStride);
            if (adds)
                for (nint row = 0; row < rows; row++) Sum(image.At(row * columns * pixelStride), first, row + top);
            else
                for (nint y = 0; y < down; y++) Copy(image, first.At(y * across * placeStride), y * stride - top, (down - y) * across * placeStride);
        }

        // What a row of places sees. A whole vector may write too much: what comes later goes over it, or it is padding; only behind the last place lies what is
        // not ours. In methods of their own and with few calls, because what is inlined has a budget.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Copy(Buffer<T> image, Buffer<T> place, nint top, nint room)
        {
            // In locals: the compiler must think that a store may change a field.
            nint c = this.c, step = stride, next = placeStride, apart = pixelStride, cell = dilation * apart, line = columns * cell, run = width * c, end = height * run;
            // The rows of the window that lie on the image, after those above it.
            nint above = Math.Clamp(Up(-top), 0, height), inside = Math.Clamp(Up(rows - top), above, height);
            // A vector holds a row of the window, where pixels have no gaps, or else a pixel.
            bool isRow = cell == c && run <= V.Count, isPixel = c <= V.Count && V.Count <= apart;
            nint from = 0, until = 0;
            if (above < inside && (isRow || isPixel))
            {
                // Most places of most images: as far as all columns lie inside, and whole vectors end before the image and the last place do.
                // Measured, 5 x 5 over 28 x 28: 0.6 of the time of place by place, with what follows.
                (from, until) = (firstWhole, endWhole);
                nint ahead = isPixel ? nint.MaxValue : rows * line - V.Count - (top + inside - 1) * line;
                while (until > from && (((until - 1) * step - left) * c > ahead || (until - 1) * next + end + V.Count > room)) until--;
            }
            for (nint x = 0; x < Math.Min(from, across); x++) Place(image, place.At(x * next), top, x * step - left, room - x * next);
            Buffer<T> cells = place.At(from * next), seen = image.At((top + above * dilation) * columns * apart + (from * step - left) * apart);
            (above, inside) = (above * run, inside * run);
            if (isRow && run <= Vec256<T>.Count && Vec256<T>.Count < V.Count)
                Rows<Vec256<T>>(seen, step * apart, line, cells, next, until - from, run, above, inside, end);
            else if (isRow)
                Rows<V>(seen, step * apart, line, cells, next, until - from, run, above, inside, end);
            else
                for (nint x = from; x < until; x++, cells = cells.At(next), seen = seen.At(step * apart))
                {
                    nint to = 0, row = 0;
                    for (; to < above; to += c) V.Store(V.Create(T.Zero), cells, to);
                    for (nint stop = to + run; to < inside; row += line, stop += run)
                        for (nint at = row; to < stop; to += c, at += cell) V.Store(V.Load(seen, at), cells, to);
                    for (; to < end; to += c) V.Store(V.Create(T.Zero), cells, to);
                }
            for (nint x = Math.Max(from, until); x < across; x++) Place(image, place.At(x * next), top, x * step - left, room - x * next);
        }

        // A row of the window in one vector W, the shortest that holds it: it crosses fewer lines of the cache.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Rows<W>(Buffer<T> seen, nint pace, nint line, Buffer<T> cells, nint next, nint places, nint run, nint above, nint inside, nint end) where W : unmanaged, IVector<W, T>
        {
            for (; places > 0; places--, cells = cells.At(next), seen = seen.At(pace))
            {
                nint to = 0, row = 0;
                for (; to < above; to += run) W.Store(W.Create(T.Zero), cells, to);
                for (; to < inside; to += run, row += line) W.Store(W.Load(seen, row), cells, to);
                for (; to < end; to += run) W.Store(W.Create(T.Zero), cells, to);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Place(Buffer<T> image, Buffer<T> place, nint top, nint column, nint room)
        {
            nint c = this.c, step = dilation, apart = pixelStride, line = columns * apart, run = width * c, end = height * run;
            // Pixels without gaps are one long one, of which a vector reads on in the next.
            bool isDense = step == 1 && apart == c, isRoomy = end + V.Count <= room, isRow = isDense && isRoomy && run <= V.Count;
            nint ahead = isDense ? rows * line : (c + V.Count - 1) / V.Count * V.Count <= apart ? nint.MaxValue : 0;
            (nint first, nint last) = Inside(column);
            nint size = isDense ? (last - first) * c : c, start = (column + first * step) * apart;
            for (nint to = 0, row = top; to < end; to += run, row += step)
            {
                bool isInside = row >= 0 && row < rows;
                nint at = to + first * c, until = isInside ? to + last * c : at, from = row * line + start;
                if (isRow && (!isInside || (from >= 0 && from + V.Count <= ahead)))
                {
                    // Zeros on the left, what lies inside, zeros on the right: each over what the one before wrote too much.
                    V.Store(V.Create(T.Zero), place, to);
                    if (!isInside) continue;
                    V.Store(V.Load(image, from), place, at);
                    V.Store(V.Create(T.Zero), place, until);
                    continue;
                }
                for (nint i = to; i < at; i++) place[i] = T.Zero;
                if (isRoomy && from + size + V.Count <= ahead)
                    for (; at < until; at += size, from += step * apart)
                        for (nint i = 0; i < size; i += V.Count) V.Store(V.Load(image, from + i), place, at + i);
                else
                    for (; at < until; at += size, from += step * apart)
                        for (nint i = 0; i < size; i++) place[at + i] = image[from + i];
                for (nint i = until; i < to + run; i++) place[i] = T.Zero;
            }
        }

        // The way back, for a row of pixels: each is summed in a register, the first place first. Measured, 5 x 5 over 14 x 14 of 6 numbers: 0.4 of the time of
        // adding place after place to memory.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private void Sum(Buffer<T> pixels, Buffer<T> places, nint line)
        {
            nint c = this.c, columns = this.columns, across = this.across, width = this.width, left = this.left, apart = pixelStride, place = placeStride;
            nint vectors = (c + V.Count - 1) / V.Count * V.Count, divisor = Divisor(stride, dilation), ahead = dilation / divisor, back = stride / divisor;
            nint nextRow = ahead * across * place - back * width * c, nextColumn = ahead * place - back * c;
            (nint y, nint i, nint tall) = On(line, height, down, back);
            // A whole vector may read on: into what a place keeps free, or into the place behind it.
            bool isRoomy = vectors <= apart && ((height * width - 1) * c + vectors <= place || y + (tall - 1) * ahead < down - 1);
            for (nint column = 0; column < columns; column++, pixels = pixels.At(apart))
            {
                (nint x, nint j, nint wide) = On(column + left, width, across, back);
                Buffer<T> cells = places.At((y * across + x) * place + (i * width + j) * c);
                if (tall == 0 || wide == 0)
                    for (nint n = 0; n < c; n++) pixels[n] = T.Zero;
                else if (isRoomy)
                    for (nint n = 0; n < c; n += V.Count)
                    {
                        V sum = V.Create(T.NegativeZero);
                        for (nint k = 0, row = n; k < tall; k++, row += nextRow)
                            for (nint l = 0, cell = row; l < wide; l++, cell += nextColumn) sum += V.Load(cells, cell);
                        V.Store(sum, pixels, n);
                    }
                else
                    for (nint n = 0; n < c; n++)
                    {
                        T sum = T.NegativeZero;
                        for (nint k = 0, row = n; k < tall; k++, row += nextRow)
                            for (nint l = 0, cell = row; l < wide; l++, cell += nextColumn) sum += cells[cell];
                        pixels[n] = sum;
                    }
            }
        }

        // Along one side: the first place with a cell on a line, that cell, and how many places have one. The cell before by step belongs to the place behind.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (nint Place, nint Cell, nint Count) On(nint line, nint cells, nint places, nint step)
        {
            if (dilation == 1)
            {
                nint first = line < cells ? 0 : Strides(line - cells + stride), end = line < 0 ? 0 : Math.Min(places, Strides(line) + 1);
                return first >= end ? default : (first, line - first * stride, end - first);
            }
            nint last = line - (places - 1) * stride;
            nint cell = line < 0 ? -1 : Math.Min(cells - 1, line / dilation), lowest = last <= 0 ? 0 : (last + dilation - 1) / dilation;
            while (cell >= lowest && (line - cell * dilation) % stride != 0) cell--;
            return cell < lowest ? default : ((line - cell * dilation) / stride, cell, (cell - lowest) / step + 1);
        }

        private nint Up(nint pixels) => dilation == 1 ? pixels : (pixels + dilation - 1) / dilation;

        private nint Strides(nint pixels) => stride == 1 ? pixels : (nint)((uint)pixels / (uint)stride);

        private static nint Divisor(nint a, nint b) => b == 0 ? a : Divisor(b, a % b);

        // The cells, from first to before last, of a window at a column that lie on pixels.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (nint First, nint Last) Inside(nint column)
        {
            nint step = dilation, first = column < 0 ? Math.Min(width, (step - 1 - column) / step) : 0;
            return (first, Math.Max(first, column + (width - 1) * step < columns ? width : (columns - column + step - 1) / step));
        }
    }
}
