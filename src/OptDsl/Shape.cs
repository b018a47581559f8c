using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>The static dimensions of a value; the batch, where there is one, is not among them.</summary>
public sealed class Shape : IEquatable<Shape>
{
    readonly int[] dims;

    internal Shape(params int[] dims) => this.dims = dims;

    /// <summary>The shape of one number, <c>[]</c>.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>The number of dimensions.</summary>
    public int Rank => dims.Length;

    /// <summary>The size of dimension <paramref name="axis"/>.</summary>
    public int this[int axis] => dims[axis];

    /// <summary>The number of elements.</summary>
    public long Size => dims.Aggregate(1L, (size, d) => size * d);

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<int> Dims => dims;

    internal int Last => dims.Length == 0 ? 1 : dims[dims.Length - 1];

    internal int[] ToArray() => (int[])dims.Clone();

    /// <summary>Without this many last dimensions.</summary>
    internal Shape Leading(int without) => new(dims.Take(dims.Length - without).ToArray());

    internal Shape Without(int axis)
    {
        var rest = new int[dims.Length - 1];
        Array.Copy(dims, rest, axis);
        Array.Copy(dims, axis + 1, rest, axis, rest.Length - axis);
        return new(rest);
    }

    internal Shape With(int axis, int size) => new(dims.Select((d, i) => i == axis ? size : d).ToArray());

    /// <summary>The shape that two operands meet in: equal sizes, or 1, aligned at the last dimension; null where they do not.</summary>
    internal static Shape? Meet(Shape a, Shape b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var met = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[a.Rank - i] : 1, y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1) return null;
            met[rank - i] = Math.Max(x, y);
        }
        return new(met);
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && dims.SequenceEqual(other.dims);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => dims.Aggregate(17, (hash, d) => unchecked(hash * 31 + d));

    /// <summary><c>[784, 128]</c></summary>
    public override string ToString() => "[" + string.Join(", ", dims.Select(Text.Number)) + "]";
}
