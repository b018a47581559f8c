using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Puts images into frames of zeros, as wide as a window that walks over them sees.</summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static class Frames<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Copies pixels, of which those that no place sees are left out.</summary>
    /// <param name="team">Who copies.</param>
    /// <param name="pixels">The images.</param>
    /// <param name="pixelStride">Elements from one pixel to the next.</param>
    /// <param name="frames">Where they go.</param>
    /// <param name="examples">How many images.</param>
    /// <param name="image">Rows, columns, c.</param>
    /// <param name="start">How far above and left of the image the first place begins.</param>
    public static void Put(Team team, Buffer<T> pixels, nint pixelStride, Framed<T> frames, nint examples, ReadOnlySpan<int> image, ReadOnlySpan<int> start)
    {
        var job = new Copies(pixels, pixelStride, frames, image, start);
        // Bound by loads and stores, eight bytes an element: worth as much as 16 flops.
        if (team.IsWorthSharing(16.0 * examples * frames.Size))
            team.Run(job, (int)examples);
        else
            for (int e = 0; e < examples; e++)
                job.Run(e);
    }

    private readonly struct Copies(Buffer<T> pixels, nint pixelStride, Framed<T> frames, ReadOnlySpan<int> image, ReadOnlySpan<int> start) : IJob
    {
        private readonly nint rows = image[0], columns = image[1], c = image[2], top = start[0], left = start[1];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int example)
        {
            nint c = this.c, apart = pixelStride, line = frames.Line, left = Math.Min(this.left, line / c), seen = Math.Min(line / c - left, columns);
            Buffer<T> from = pixels.At(example * rows * columns * apart), to = frames.Images.At(example * frames.Size);
            for (nint row = 0; row < frames.Rows; row++, to = to.At(line))
            {
                nint y = row - top;
                if (y < 0 || y >= rows)
                {
                    to.Span((int)line).Clear();
                    continue;
                }
                Buffer<T> pixel = from.At(y * columns * apart), at = to.At(left * c);
                to.Span((int)(left * c)).Clear();
                if (apart == c)
                    pixel.Span((int)(seen * c)).CopyTo(at.Span((int)(seen * c)));
                else
                    // A whole vector writes too much, over which goes what comes later.
                    for (nint x = 0; x < seen; x++, pixel = pixel.At(apart), at = at.At(c))
                        for (nint i = 0; i < c; i += V.Count) V.Store(V.Load(pixel, i), at, i);
                to.At((left + seen) * c).Span((int)(line - (left + seen) * c)).Clear();
            }
        }
    }
}
