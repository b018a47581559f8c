using System.Numerics;
using System.Runtime.InteropServices;
using OptDsl.Runtime;

namespace OptDsl.Tests.Kernels;

/// <summary>Random numbers between pages that nobody may touch, close to the first or the last: a kernel that reads beside its operand ends the process. Elsewhere than on Linux, plain memory.</summary>
internal sealed unsafe class Fenced<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const nint Private = 2, Anonymous = 32;
    private const int ReadWrite = 3;

    private readonly byte* start;
    private readonly nint size;
    private readonly int elements;

    public Fenced(int elements, Random random)
    {
        this.elements = elements;
        nint page = Environment.SystemPageSize, bytes = (nint)elements * sizeof(T), inside = (bytes + page - 1) / page * page;
        size = inside + 2 * page;
        start = OperatingSystem.IsLinux() ? (byte*)Pages.Map(0, size, 0, (int)(Private | Anonymous), -1, 0) : (byte*)NativeMemory.Alloc((nuint)size);
        if (OperatingSystem.IsLinux() && Pages.Protect(start + page, inside, ReadWrite) != 0) throw new InvalidOperationException("no memory");
        Buffer = new((T*)(random.Next(2) == 0 ? start + page : start + page + inside - bytes));
        foreach (ref T x in Span)
            x = T.CreateChecked(random.NextDouble() * 2 - 1);
    }

    public Buffer<T> Buffer { get; }

    public Span<T> Span => Buffer.Span(elements);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) _ = Pages.Unmap(start, size);
        else NativeMemory.Free(start);
    }
}

internal static unsafe partial class Pages
{
    [LibraryImport("libc", EntryPoint = "mmap")]
    internal static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    internal static partial int Protect(byte* address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    internal static partial int Unmap(byte* address, nint length);
}
