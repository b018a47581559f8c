using System;
using System.Linq;

namespace OptDsl;

/// <summary>How a parameter starts: a distribution whose scale may follow from the shape.</summary>
public sealed class Init
{
    readonly Func<Shape, Start> resolve;

    Init(Func<Shape, Start> resolve) => this.resolve = resolve;

    /// <summary>All zeros; the start of biases.</summary>
    public static Init Zero { get; } = Constant(0);

    /// <summary>All ones; the start of gains.</summary>
    public static Init One { get; } = Constant(1);

    /// <summary>U(±√(6 / (fan in + fan out))), for tanh and sigmoid. Glorot and Bengio 2010, equation 16.</summary>
    public static Init Glorot { get; } = new(s => Start.Symmetric(Math.Sqrt(6.0 / (FanIn(s) + FanOut(s)))));

    /// <summary>U(±√(6 / fan in)), variance 2 / fan in, for ReLU. He et al. 2015, equation 10.</summary>
    public static Init He { get; } = new(s => Start.Symmetric(Math.Sqrt(6.0 / FanIn(s))));

    /// <summary>He's for weights where nobody chose a start.</summary>
    internal static Init Usual { get; } = new(He.resolve);

    /// <summary>N(0, 2 / (fan in + fan out)). Glorot and Bengio 2010, equation 12.</summary>
    public static Init GlorotNormal { get; } = new(s => Start.Gaussian(Math.Sqrt(2.0 / (FanIn(s) + FanOut(s)))));

    /// <summary>N(0, 2 / fan in), for ReLU. He et al. 2015, equation 10.</summary>
    public static Init HeNormal { get; } = new(s => Start.Gaussian(Math.Sqrt(2.0 / FanIn(s))));

    /// <summary>U(±√(3 / fan in)), variance 1 / fan in, for SELU. LeCun et al. 1998, §4.6.</summary>
    public static Init LeCun { get; } = new(s => Start.Symmetric(Math.Sqrt(3.0 / FanIn(s))));

    /// <summary>N(0, 1 / fan in). LeCun et al. 1998, §4.6.</summary>
    public static Init LeCunNormal { get; } = new(s => Start.Gaussian(Math.Sqrt(1.0 / FanIn(s))));

    /// <summary>Every element the same.</summary>
    public static Init Constant(double value) => new(_ => new(StartKind.Constant, [value]));

    /// <summary>U(low, high).</summary>
    public static Init Uniform(double low, double high) => new(_ => new(StartKind.Uniform, [low, high]));

    /// <summary>N(mean, deviation²).</summary>
    public static Init Normal(double deviation, double mean = 0) => new(_ => new(StartKind.Normal, [mean, deviation]));

    /// <summary>
    /// gain·Q with QᵀQ = 1, or QQᵀ = 1 where there are fewer rows than columns; no rotation is likelier than another. The last dimension is
    /// the columns, the others together are the rows. It keeps lengths and angles through any number of linear layers, so nearly those of a
    /// tanh network too while |Wx| stays small: with gain 1 and biases of 0, a hundred layers train without skips. Saxe, McClelland and
    /// Ganguli 2014, https://arxiv.org/abs/1312.6120; Pennington, Schoenholz and Ganguli 2017, https://arxiv.org/abs/1711.04735
    /// </summary>
    /// <exception cref="OptDslException">The parameter has fewer than two dimensions.</exception>
    public static Init Orthogonal(double gain = 1) => new(shape => shape.Rank > 1 ? new(StartKind.Orthogonal, [gain])
        : throw Error.Argument("Orthogonal", $"needs rows and columns, but the parameter is {shape}"));

    /// <summary>These values, row-major, one for each element.</summary>
    /// <exception cref="OptDslException">The parameter has another number of elements.</exception>
    public static Init Values(params double[] values)
    {
        var own = (double[])values.Clone();
        return new(shape => shape.Size == own.Length ? new(StartKind.Values, own)
            : throw Error.Argument("Values", $"{Text.Number(own.Length)} numbers cannot fill {shape}"));
    }

    internal Start Resolve(Shape shape) => resolve(shape);

    static double FanIn(Shape shape) => shape.Rank < 2 ? shape.Last : shape.Dims.Take(shape.Rank - 1).Aggregate(1.0, (a, d) => a * d);

    static double FanOut(Shape shape) => shape.Last;
}

internal enum StartKind { Constant, Uniform, Normal, Orthogonal, Values }

/// <summary>A start with its numbers: <c>uniform(-0.1, 0.1)</c>.</summary>
internal sealed record Start(StartKind Kind, double[] Numbers)
{
    public static Start Symmetric(double limit) => new(StartKind.Uniform, [-limit, limit]);

    public static Start Gaussian(double deviation) => new(StartKind.Normal, [0, deviation]);

    public override string ToString() =>
        Kind.ToString().ToLowerInvariant() + "(" + string.Join(", ", Numbers.Select(Text.Number)) + ")";
}
