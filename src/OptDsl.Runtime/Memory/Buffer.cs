using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>A typed address in native or pinned memory: what kernels read and write, without bounds and without cost.</summary>
/// <typeparam name="T">The element.</typeparam>
public readonly unsafe struct Buffer<T> where T : unmanaged
{
    internal readonly T* Pointer;

    /// <summary>The buffer that begins at an address which stays valid and does not move while it is used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Buffer(T* pointer) => Pointer = pointer;

    /// <summary>Whether there is no memory behind it.</summary>
    public bool IsEmpty => Pointer == null;

    /// <summary>Element i.</summary>
    public T this[nint i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Pointer[i];
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Pointer[i] = value;
    }

    /// <summary>The buffer that begins <paramref name="offset"/> elements further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Buffer<T> At(nint offset) => new(Pointer + offset);

    /// <summary>The first <paramref name="length"/> elements as a span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Span(int length) => new(Pointer, length);
}
