namespace OptDsl.Runtime;

/// <summary>
/// Images with the zeros around them that a window sees, and what it sees at each place as the row of a matrix: read where it lies, not copied side by side.
/// Cell (i, j) of place (y, x) is pixel (y·stride + i, x·stride + j) of c numbers.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
public readonly struct Framed<T> where T : unmanaged
{
    /// <summary>Framed images of the size that the places ask for.</summary>
    /// <param name="images">The images, one after the other, each with at least 16 elements behind it that may be overwritten, and a multiple of 16 in all.</param>
    /// <param name="fits">Places down and across.</param>
    /// <param name="window">Height and width.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="c">Numbers of a pixel.</param>
    public Framed(Buffer<T> images, ReadOnlySpan<int> fits, ReadOnlySpan<int> window, int stride, int c)
    {
        (Images, Down, Across, Height) = (images, fits[0], fits[1], window[0]);
        Pace = (nint)stride * c;
        Run = (nint)window[1] * c;
        Line = (Across - 1) * Pace + Run;
        NextRow = stride * Line;
        Rows = (Down - 1) * stride + Height;
        Size = (Rows * Line + 31) / 16 * 16;
    }

    internal Buffer<T> Images { get; }

    internal nint Down { get; }

    internal nint Across { get; }

    internal nint Height { get; }

    // Elements from one place to the next, of a window's row, of an image's row, from a place to the one below, and of a whole image; rows of an image.
    internal nint Pace { get; }

    internal nint Run { get; }

    internal nint Line { get; }

    internal nint NextRow { get; }

    internal nint Size { get; }

    internal nint Rows { get; }

    internal nint Places => Down * Across;

    internal nint Cells => Height * Run;
}
