using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Tests.Kernels;

/// <summary>Random matrices in native memory.</summary>
internal sealed class Native<T>(long elements) : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> arena = new(elements);

    public Buffer<T> Buffer => arena.At(0);

    public Span<T> Span => Buffer.Span((int)arena.Length);

    public static Native<T> Random(long elements, Random random)
    {
        var native = new Native<T>(elements);
        foreach (ref T x in native.Span)
            x = T.CreateChecked(random.NextDouble() * 2 - 1);
        return native;
    }

    public static Native<T> Filled(long elements, T value)
    {
        var native = new Native<T>(elements);
        native.Span.Fill(value);
        return native;
    }

    public void Dispose() => arena.Dispose();
}
