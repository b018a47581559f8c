using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

/// <summary>One block of zeroed native memory that holds everything a learner needs, aligned to 64 bytes so that no vector crosses a cache line.</summary>
/// <typeparam name="T">The element.</typeparam>
public sealed unsafe class Arena<T> : IDisposable where T : unmanaged
{
    /// <summary>Elements after the end that may be read and written: a vector may run over the last column.</summary>
    public const int Slack = 64;

    // Zeroed by whoever gives it: large blocks come as pages that take no memory until something is written to them, as the gradients that only Gradient leaves.
    private void* block;
    private T* memory;

    /// <summary>Allocates <paramref name="elements"/> zeroed elements.</summary>
    public Arena(long elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elements);
        nuint bytes = checked((nuint)(elements + Slack) * (nuint)sizeof(T));
        block = NativeMemory.AllocZeroed(checked(bytes + 64));
        memory = (T*)(((nuint)block + 63) & ~(nuint)63);
        GC.AddMemoryPressure((long)bytes);
        Length = elements;
    }

    /// <summary>How many elements were asked for.</summary>
    public long Length { get; }

    /// <summary>The buffer that begins at element <paramref name="offset"/>.</summary>
    public Buffer<T> At(long offset)
    {
        ObjectDisposedException.ThrowIf(memory == null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length, nameof(offset));
        return new Buffer<T>(memory + offset);
    }

    /// <summary>Frees the memory; every buffer taken from it dangles afterwards.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory of an arena that nobody disposed.</summary>
    ~Arena() => Free();

    private void Free()
    {
        if (memory == null)
            return;
        NativeMemory.Free(block);
        memory = null;
        GC.RemoveMemoryPressure((Length + Slack) * sizeof(T));
    }
}
