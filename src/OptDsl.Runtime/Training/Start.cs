using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>The first values of a tensor. Random ones depend on the seed, the tensor's name and the place of the element, orthogonal ones on its rows and columns too, on nothing else.</summary>
public readonly record struct Start
{
    readonly Kind kind;
    readonly double a, b;
    readonly double[]? numbers;

    Start(Kind kind, double a, double b, double[]? numbers = null) => (this.kind, this.a, this.b, this.numbers) = (kind, a, b, numbers);

    enum Kind { Constant, Uniform, Normal, Orthogonal, Values }

    /// <summary>Every element the same; the default is 0.</summary>
    public static Start Constant(double value) => new(Kind.Constant, value, 0);

    /// <summary>U(low, high): low + (high − low)·u.</summary>
    public static Start Uniform(double low, double high) => new(Kind.Uniform, low, high);

    /// <summary>N(mean, deviation²): mean + deviation·z.</summary>
    public static Start Normal(double mean, double deviation) => new(Kind.Normal, mean, deviation);

    /// <summary>gain·Q: a Gaussian matrix's Q with orthonormal columns, or orthonormal rows where there are fewer of them.</summary>
    public static Start Orthogonal(double gain) => new(Kind.Orthogonal, gain, 0);

    /// <summary>These, one for each element.</summary>
    public static Start Values(double[] rowMajor) => new(Kind.Values, 0, 0, rowMajor);

    /// <summary>Writes the values of the tensor <paramref name="name"/>, computed in double and narrowed once.</summary>
    /// <param name="seed">The learner's.</param>
    /// <param name="name">The tensor's.</param>
    /// <param name="columns">The size of its last dimension; the others together are its rows.</param>
    /// <param name="rowMajor">Where they go.</param>
    /// <exception cref="ArgumentException">It holds given values, and not as many as <paramref name="rowMajor"/>.</exception>
    public void Fill<T>(ulong seed, string name, int columns, Span<T> rowMajor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (kind == Kind.Values && numbers!.Length != rowMajor.Length)
            throw new ArgumentException($"{name} has {rowMajor.Length} elements, its start {numbers.Length}.", nameof(rowMajor));
        var random = new Philox(seed, Philox.Stream(name));
        double[]? whole = kind == Kind.Orthogonal ? OrthogonalMatrix.Draw(random, rowMajor.Length / columns, columns) : numbers;
        for (int i = 0; i < rowMajor.Length; i++)
            rowMajor[i] = T.CreateTruncating(Value(random, whole, i));
    }

    double Value(Philox random, double[]? whole, int i) => kind switch
    {
        Kind.Constant => a,
        Kind.Uniform => a + (b - a) * random.Uniform((ulong)i),
        Kind.Normal => a + b * random.Normal((ulong)i),
        Kind.Orthogonal => a * whole![i],
        _ => whole![i],
    };
}
