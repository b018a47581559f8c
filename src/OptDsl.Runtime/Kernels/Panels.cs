using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Where the elements of a matrix lie that is kept as column panels of a power-of-two width w, row after row in each.</summary>
public static class Panels
{
    /// <summary>Element (row, col): ⌊col/w⌋·rows·w + row·w + col mod w.</summary>
    /// <param name="row">The row.</param>
    /// <param name="col">The column.</param>
    /// <param name="rows">How many rows the matrix has.</param>
    /// <param name="log2Width">The logarithm of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint At(nint row, nint col, nint rows, int log2Width)
    {
        nint panel = col >> log2Width;
        return ((panel * rows + row) << log2Width) + (col - (panel << log2Width));
    }

    // The same of any width, by a division: for what is stored seldom.
    internal static nint OfWidth(nint row, nint col, nint rows, nint width)
    {
        nint panel = col / width;
        return (panel * rows + row) * width + col - panel * width;
    }
}
