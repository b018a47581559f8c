using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>A double with the project's own functions: what generated code computes in double precision, bit for bit.</summary>
public readonly record struct Real64(double Number) : IScalar<Real64>
{
    /// <inheritdoc/>
    public double Value => Number;

    /// <inheritdoc/>
    public static bool IsNarrow => false;

    /// <inheritdoc/>
    public static Real64 Create(double value) => new((double)value);

    /// <inheritdoc/>
    public static Real64 operator +(Real64 a, Real64 b) => new(a.Number + b.Number);

    /// <inheritdoc/>
    public static Real64 operator -(Real64 a, Real64 b) => new(a.Number - b.Number);

    /// <inheritdoc/>
    public static Real64 operator *(Real64 a, Real64 b) => new(a.Number * b.Number);

    /// <inheritdoc/>
    public static Real64 operator /(Real64 a, Real64 b) => new(a.Number / b.Number);

    /// <inheritdoc/>
    public static Real64 operator -(Real64 a) => new(-a.Number);

    /// <inheritdoc/>
    public static Real64 Fma(Real64 a, Real64 b, Real64 c) => new(double.FusedMultiplyAdd(a.Number, b.Number, c.Number));

    /// <inheritdoc/>
    public static Real64 Sqrt(Real64 x) => new(double.Sqrt(x.Number));

    /// <inheritdoc/>
    public static Real64 Exp(Real64 x) => new(Float64.Exp(x.Number));

    /// <inheritdoc/>
    public static Real64 Log(Real64 x) => new(Float64.Log(x.Number));

    /// <inheritdoc/>
    public static Real64 Tanh(Real64 x) => new(Float64.Tanh(x.Number));

    /// <inheritdoc/>
    public static Real64 Sigmoid(Real64 x) => new(Float64.Sigmoid(x.Number));

    /// <inheritdoc/>
    public static Real64 Softplus(Real64 x) => new(Float64.Softplus(x.Number));

    /// <inheritdoc/>
    public static Real64 NormalCdf(Real64 x) => new(Float64.NormalCdf(x.Number));

    /// <inheritdoc/>
    public static Real64 Sin(Real64 x) => new(Float64.Sin(x.Number));

    /// <inheritdoc/>
    public static Real64 Cos(Real64 x) => new(Float64.Cos(x.Number));

    /// <inheritdoc/>
    public static Real64 Abs(Real64 x) => new(double.Abs(x.Number));

    /// <inheritdoc/>
    public static Real64 Floor(Real64 x) => new(double.Floor(x.Number));

    /// <inheritdoc/>
    public static Real64 Random(Real64 key, Real64 row, Real64 column) => new(Float64.Random(key.Number, row.Number, column.Number));

    /// <inheritdoc/>
    public static bool Less(Real64 a, Real64 b) => a.Number < b.Number;

    /// <inheritdoc/>
    public static bool LessEqual(Real64 a, Real64 b) => a.Number <= b.Number;

    /// <inheritdoc/>
    public static bool Equal(Real64 a, Real64 b) => a.Number == b.Number;
}
