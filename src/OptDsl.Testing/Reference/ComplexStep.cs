using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>
/// A complex number whose imaginary part, tiny, carries a derivative: f(x + ih) = f(x) + ih·f′(x) + O(h²), no difference is
/// taken and nothing cancels. Branches follow the real part. Squire and Trapp, https://doi.org/10.1137/S003614459631241X.
/// </summary>
/// <param name="Number">The value, and h times its derivative.</param>
public readonly record struct ComplexStep(Complex Number) : IScalar<ComplexStep>
{
    /// <summary>The step h: its square is below the smallest double.</summary>
    public const double Step = 1e-200;

    /// <inheritdoc/>
    public double Value => Number.Real;

    /// <summary>The derivative along the direction that entered.</summary>
    public double Slope => Number.Imaginary / Step;

    /// <inheritdoc/>
    public static bool IsNarrow => false;

    /// <inheritdoc/>
    public static ComplexStep Create(double value) => new(value);

    /// <summary>A value that moves at this slope.</summary>
    public static ComplexStep Create(double value, double slope) => new(new Complex(value, Step * slope));

    /// <inheritdoc/>
    public static ComplexStep operator +(ComplexStep a, ComplexStep b) => new(a.Number + b.Number);

    /// <inheritdoc/>
    public static ComplexStep operator -(ComplexStep a, ComplexStep b) => new(a.Number - b.Number);

    /// <inheritdoc/>
    public static ComplexStep operator *(ComplexStep a, ComplexStep b) => new(a.Number * b.Number);

    /// <summary>By the real part where the divisor is real, so that zeros and infinities stay what they are.</summary>
    public static ComplexStep operator /(ComplexStep a, ComplexStep b)
    {
        var quotient = a.Number.Real / b.Number.Real;
        return new(new Complex(quotient, (a.Number.Imaginary - quotient * b.Number.Imaginary) / b.Number.Real));
    }

    /// <inheritdoc/>
    public static ComplexStep operator -(ComplexStep a) => new(-a.Number);

    /// <inheritdoc/>
    public static ComplexStep Fma(ComplexStep a, ComplexStep b, ComplexStep c) => a * b + c;

    /// <inheritdoc/>
    public static ComplexStep Sqrt(ComplexStep x)
    {
        var root = double.Sqrt(x.Number.Real);
        return new(new Complex(root, x.Number.Imaginary / (2 * root)));
    }

    /// <inheritdoc/>
    public static ComplexStep Exp(ComplexStep x)
    {
        var size = double.Exp(x.Number.Real);
        return new(new Complex(size * double.Cos(x.Number.Imaginary), size * double.Sin(x.Number.Imaginary)));
    }

    /// <inheritdoc/>
    public static ComplexStep Log(ComplexStep x) => new(new Complex(double.Log(x.Number.Real), double.Atan2(x.Number.Imaginary, x.Number.Real)));

    /// <inheritdoc/>
    public static ComplexStep Tanh(ComplexStep x)
    {
        // tanh(a + ib) = (tanh a + i tan b) / (1 + i tanh a tan b)
        double tanh = double.Tanh(x.Number.Real), tan = double.Tan(x.Number.Imaginary);
        var cosh = double.Cosh(x.Number.Real);
        return new(new Complex(tanh, tan / (cosh * cosh)));
    }

    /// <inheritdoc/>
    public static ComplexStep Sigmoid(ComplexStep x)
    {
        var half = Tanh(new(x.Number / 2));
        return x.Value < -30 ? Exp(x) / (Create(1) + Exp(x)) : new((half.Number + 1) / 2);
    }

    /// <inheritdoc/>
    public static ComplexStep Softplus(ComplexStep x)
    {
        if (x.Value <= 0) return Log1p(Exp(x));
        return x + Log1p(Exp(-x));
    }

    /// <inheritdoc/>
    public static ComplexStep NormalCdf(ComplexStep x) => NormalIntegral<ComplexStep>.Below(x);

    /// <inheritdoc/>
    public static ComplexStep Sin(ComplexStep x) => new(new Complex(double.Sin(x.Number.Real) * double.Cosh(x.Number.Imaginary), double.Cos(x.Number.Real) * double.Sinh(x.Number.Imaginary)));

    /// <inheritdoc/>
    public static ComplexStep Cos(ComplexStep x) => new(new Complex(double.Cos(x.Number.Real) * double.Cosh(x.Number.Imaginary), -double.Sin(x.Number.Real) * double.Sinh(x.Number.Imaginary)));

    /// <summary>|x| by the sign of the real part, with slope 0 at 0.</summary>
    public static ComplexStep Abs(ComplexStep x) => x.Value < 0 ? -x : x.Value == 0 ? Create(0) : x;

    /// <inheritdoc/>
    public static ComplexStep Floor(ComplexStep x) => Create(double.Floor(x.Value));

    /// <inheritdoc/>
    public static ComplexStep Random(ComplexStep key, ComplexStep row, ComplexStep column) => Create(Float64.Random(key.Value, row.Value, column.Value));

    /// <inheritdoc/>
    public static bool Less(ComplexStep a, ComplexStep b) => a.Value < b.Value;

    /// <inheritdoc/>
    public static bool LessEqual(ComplexStep a, ComplexStep b) => a.Value <= b.Value;

    /// <inheritdoc/>
    public static bool Equal(ComplexStep a, ComplexStep b) => a.Value == b.Value;

    static ComplexStep Log1p(ComplexStep e)
    {
        // log(1 + e) to full precision where e is small: the real part by the difference that 1 + e lost.
        double one = 1 + e.Number.Real, real = one == 1 ? e.Number.Real : double.Log(one) * e.Number.Real / (one - 1);
        return new(new Complex(real, e.Number.Imaginary / one));
    }
}
