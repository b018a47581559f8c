using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// What one tile of a product reads. A's element (i, k) is A[i·Stride + k·Step]: one form serves A and Aᵀ.
internal readonly unsafe struct Source<T>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width) where T : unmanaged
{
    public readonly T* A = a;
    public readonly nint Stride = stride;
    public readonly nint Step = step;
    public readonly nint End = end;
    public readonly Buffer<T> B = b;
    public readonly nint Width = width;

    // A tile with fewer rows than its shape reads its last row again and does not store it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Row(nint i, nint rows) => A + (i < rows ? i : rows - 1) * Stride;
}
