namespace OptDsl.Runtime;

/// <summary>What is said about a shape again and again.</summary>
static class Shapes
{
    /// <summary>How many elements; 1 for a scalar.</summary>
    public static int Count(ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int d in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(d, 1, nameof(shape));
            count = checked(count * d);
        }
        return count;
    }

    /// <summary>The last dimension; 1 for a scalar.</summary>
    public static int Columns(ReadOnlySpan<int> shape) => shape.IsEmpty ? 1 : shape[^1];

    /// <summary><c>[784, 128]</c></summary>
    public static string Text<N>(ReadOnlySpan<N> shape) where N : IFormattable =>
        "[" + string.Join(", ", shape.ToArray().Select(d => d.ToString(null, System.Globalization.CultureInfo.InvariantCulture))) + "]";
}
