using System.Runtime.CompilerServices;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>A function of floats, and three that say what it should be: by vectors in double, the framework's, and with 31 digits.</summary>
interface IUnary
{
    static abstract string Name { get; }

    static abstract V Narrow<V>(V x) where V : unmanaged, IVector<V, float>;

    static abstract V Wide<V>(V x) where V : unmanaged, IVector<V, double>;

    static abstract double Framework(double x);

    static abstract DoubleDouble Exactly(DoubleDouble x);
}

static class Unaries
{
    /// <summary>log(1 + x) for 0 ≤ x ≤ 1; the framework's own is log(1 + x) as written.</summary>
    static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    public readonly struct Exp : IUnary
    {
        public static string Name => "exp";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Exp(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Exp(x);

        public static double Framework(double x) => Math.Exp(x);

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Exp(x);
    }

    public readonly struct Log : IUnary
    {
        public static string Name => "log";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Log(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Log(x);

        public static double Framework(double x) => Math.Log(x);

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Log(x);
    }

    public readonly struct Tanh : IUnary
    {
        public static string Name => "tanh";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Tanh(x);

        public static double Framework(double x) => Math.Tanh(x);

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Tanh(x);
    }

    public readonly struct Sigmoid : IUnary
    {
        public static string Name => "sigmoid";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Sigmoid(x);

        public static double Framework(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Sigmoid(x);
    }

    public readonly struct Softplus : IUnary
    {
        public static string Name => "softplus";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Softplus(x);

        public static double Framework(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Softplus(x);
    }

    public readonly struct NormalCdf : IUnary
    {
        public static string Name => "normalCdf";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.NormalCdf(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.NormalCdf(x);

        /// <summary>The framework has none.</summary>
        public static double Framework(double x) => DoubleDouble.NormalCdf(DoubleDouble.Create(x)).Value;

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.NormalCdf(x);
    }

    public readonly struct Sin : IUnary
    {
        public static string Name => "sin";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Sin(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Sin(x);

        public static double Framework(double x) => Math.Sin(x);

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Sin(Turns.Without(x));
    }

    public readonly struct Cos : IUnary
    {
        public static string Name => "cos";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V>(V x) where V : unmanaged, IVector<V, float> => Float32.Cos(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V>(V x) where V : unmanaged, IVector<V, double> => Float64.Cos(x);

        public static double Framework(double x) => Math.Cos(x);

        public static DoubleDouble Exactly(DoubleDouble x) => DoubleDouble.Cos(Turns.Without(x));
    }
}
