using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Tests.Kernels;

/// <summary>A function under test, at every width.</summary>
internal interface IFunction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract V Apply<V>(V x) where V : unmanaged, IVector<V, T>;
}

internal static class Functions
{
    public struct Exp : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Exp(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Exp(x);
    }

    public struct Log : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Log(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Log(x);
    }

    public struct Log1p : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Log1p(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Log1p(x);
    }

    public struct Tanh : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Tanh(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Tanh(x);
    }

    public struct Sigmoid : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Sigmoid(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Sigmoid(x);
    }

    public struct Softplus : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Softplus(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Softplus(x);
    }

    public struct NormalCdf : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.NormalCdf(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.NormalCdf(x);
    }

    public struct Sin : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Sin(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Sin(x);
    }

    public struct Cos : IFunction<float>, IFunction<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<float>.Apply<V>(V x) => Float32.Cos(x);
        [MethodImpl(MethodImplOptions.AggressiveInlining)] static V IFunction<double>.Apply<V>(V x) => Float64.Cos(x);
    }

    /// <summary>The function of every element, with vectors V; the length is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe T[] Map<F, V, T>(T[] x)
        where F : struct, IFunction<T>
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        fixed (T* px = x, py = y)
            for (int i = 0; i < x.Length; i += V.Count)
                V.Store(F.Apply(V.Load(new Buffer<T>(px), i)), new Buffer<T>(py), i);
        return y;
    }
}
