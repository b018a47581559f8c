using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

/// <summary>The twins of typed calls that take tensors: the first dimension counts examples, the others are the column's shape.</summary>
public static class TensorSpans
{
    /// <summary>The numbers of a dense tensor [n, shape…].</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">The column, for the message.</param>
    /// <param name="shape">The column's shape per example.</param>
    /// <exception cref="ArgumentException">It has another shape or is not dense.</exception>
    public static ReadOnlySpan<T> Flat<T>(in ReadOnlyTensorSpan<T> tensor, string name, ReadOnlySpan<int> shape)
    {
        Check(tensor.Lengths, tensor.IsDense, name, shape);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in tensor.GetPinnableReference()), checked((int)tensor.FlattenedLength));
    }

    /// <summary>The numbers of a dense tensor [n, shape…] that is written.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">The output, for the message.</param>
    /// <param name="shape">The output's shape per example.</param>
    /// <exception cref="ArgumentException">It has another shape or is not dense.</exception>
    public static Span<T> Flat<T>(in TensorSpan<T> tensor, string name, ReadOnlySpan<int> shape)
    {
        Check(tensor.Lengths, tensor.IsDense, name, shape);
        return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
    }

    static void Check(ReadOnlySpan<nint> lengths, bool dense, string name, ReadOnlySpan<int> shape)
    {
        bool fits = lengths.Length == shape.Length + 1;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = lengths[i + 1] == shape[i];
        if (!fits)
            throw new ArgumentException($"'{name}' has the shape [examples{string.Concat(shape.ToArray().Select(d => ", " + d))}], the tensor {Shapes.Text(lengths)}.", name);
        if (!dense)
            throw new ArgumentException($"'{name}' must be dense: the tensor has gaps or repeats.", name);
    }
}
