using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

/// <summary>Tensors at the door: dense, the first dimension counts the examples, the rest is the column's shape.</summary>
public static class Tensors
{
    /// <summary>The elements of a dense tensor of shape [examples, shape…].</summary>
    /// <exception cref="ArgumentException">The tensor is not dense, or its shape after the first dimension is another.</exception>
    public static ReadOnlySpan<T> Flat<T>(in ReadOnlyTensorSpan<T> tensor, ReadOnlySpan<int> shape)
    {
        Check(tensor.Lengths, tensor.IsDense, shape);
        return MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
    }

    /// <summary>The elements of a dense tensor of shape [examples, shape…], to be written.</summary>
    /// <exception cref="ArgumentException">The tensor is not dense, or its shape after the first dimension is another.</exception>
    public static Span<T> Flat<T>(in TensorSpan<T> tensor, ReadOnlySpan<int> shape)
    {
        Check(tensor.Lengths, tensor.IsDense, shape);
        return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
    }

    static void Check(ReadOnlySpan<nint> lengths, bool isDense, ReadOnlySpan<int> shape)
    {
        if (!isDense) throw new ArgumentException("the tensor has gaps between its elements; pass a dense one");
        var fits = lengths.Length == shape.Length + 1;
        for (var i = 0; fits && i < shape.Length; i++) fits = lengths[i + 1] == shape[i];
        if (!fits) throw new ArgumentException($"the tensor has shape {Shapes.Text(lengths)}, but [examples{(shape.IsEmpty ? "" : ", ")}{Shapes.Text(shape)[1..]} is needed");
    }
}
