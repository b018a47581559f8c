using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl;

/// <summary>A parameter, a slot or a gradient of a learner, read and written in row-major order whatever its layout inside.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class TensorView<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TensorInfo info;
    readonly Buffer<T> buffer;
    readonly Gate gate;
    readonly Arena<T> arena;   // keeps the memory while somebody holds a view of a forgotten learner

    internal TensorView(TensorInfo info, Arena<T> arena, Gate gate)
    {
        (this.info, this.arena, this.gate) = (info, arena, gate);
        buffer = arena.At(info.Offset);
        Shape = Array.AsReadOnly(info.Shape);
    }

    /// <summary>Its path: <c>dense1.weights</c>, <c>dense1.weights/m</c>.</summary>
    public string Name => info.Name;

    /// <summary>As declared; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many elements.</summary>
    public int Count => info.Count;

    /// <summary>Writes all elements to <paramref name="target"/>, which is exactly <see cref="Count"/> long.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    /// <exception cref="ObjectDisposedException">The learner was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the learner.</exception>
    public void CopyTo(Span<T> target)
    {
        CheckLength(target.Length, nameof(target));
        gate.Enter();
        try { Read(target); }
        finally { gate.Exit(); }
    }

    /// <summary>Takes all elements from <paramref name="source"/>. Throws what <see cref="CopyTo"/> throws, before anything is written.</summary>
    public void CopyFrom(ReadOnlySpan<T> source)
    {
        CheckLength(source.Length, nameof(source));
        gate.Enter();
        try { Write(source); }
        finally { gate.Exit(); }
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        T[] copy = new T[Count];
        CopyTo(copy);
        return copy;
    }

    /// <summary><c>dense1.weights [784, 128]</c></summary>
    public override string ToString() => $"{Name} {Shapes.Text<int>(info.Shape)}";

    internal TensorInfo Info => info;

    // For callers that are inside the gate already.
    internal void Read(Span<T> target)
    {
        Layouts<Vec1<T>, T>.Unpack(buffer, info.Rows, info.Columns, info.Width, target);
        GC.KeepAlive(arena);
    }

    internal void Write(ReadOnlySpan<T> source)
    {
        Layouts<Vec1<T>, T>.Pack(source, info.Rows, info.Columns, buffer, info.Width);
        GC.KeepAlive(arena);
    }

    void CheckLength(int length, string name)
    {
        if (length != Count)
            throw new ArgumentException($"{this} has {Count} elements, the span {length}.", name);
    }
}
