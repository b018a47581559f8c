using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>A function of one vector.</summary>
interface IFunction<V>
{
    static abstract V Apply(V x);
}

readonly struct TanhFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.Tanh(x);
}

readonly struct ExpFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.Exp(x);
}

readonly struct LogFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.Log(x);
}

readonly struct SigmoidFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.Sigmoid(x);
}

readonly struct SoftplusFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.Softplus(x);
}

readonly struct NormalCdfFunction<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => Float32.NormalCdf(x);
}

/// <summary>What Adam needs of the divider: a square root and a division.</summary>
readonly struct RootAndQuotient<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => x / V.Sqrt(x);
}

/// <summary>A division alone.</summary>
readonly struct Quotient<V> : IFunction<V> where V : unmanaged, IVector<V, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => V.Create(0.7f) / x;
}

/// <summary>A function over a block that stays in the first cache.</summary>
readonly struct Elementwise<V, F>(Buffer<float> source, Buffer<float> target) : IJob where V : unmanaged, IVector<V, float> where F : struct, IFunction<V>
{
    /// <summary>Elements of a thread's block.</summary>
    public const int Length = 2048;

    const int Repeats = 4;

    /// <summary>Elements of a run.</summary>
    public const int Count = Length * Repeats;

    [MethodImpl(Loop.Kernel)]
    public void Run(int chunk)
    {
        Buffer<float> from = source.At(chunk * Length), to = target.At(chunk * Length);
        for (int repeat = 0; repeat < Repeats; repeat++)
            for (nint i = 0; i < Length; i += V.Count) V.Store(F.Apply(V.Load(from, i)), to, i);
    }
}
