namespace OptDsl.Testing;

/// <summary>A number and its derivative along one direction, carried forward: exact to rounding, and no step size to choose.</summary>
/// <typeparam name="S">The arithmetic of both.</typeparam>
/// <param name="Number">The value.</param>
/// <param name="Slope">Its derivative.</param>
public readonly record struct Dual<S>(S Number, S Slope) : IScalar<Dual<S>> where S : struct, IScalar<S>
{
    static readonly S zero = S.Create(0), one = S.Create(1);

    /// <inheritdoc/>
    public double Value => Number.Value;

    /// <inheritdoc/>
    public static bool IsNarrow => S.IsNarrow;

    /// <inheritdoc/>
    public static Dual<S> Create(double value) => new(S.Create(value), zero);

    /// <inheritdoc/>
    public static Dual<S> operator +(Dual<S> a, Dual<S> b) => new(a.Number + b.Number, a.Slope + b.Slope);

    /// <inheritdoc/>
    public static Dual<S> operator -(Dual<S> a, Dual<S> b) => new(a.Number - b.Number, a.Slope - b.Slope);

    /// <inheritdoc/>
    public static Dual<S> operator *(Dual<S> a, Dual<S> b) => new(a.Number * b.Number, S.Fma(a.Slope, b.Number, a.Number * b.Slope));

    /// <inheritdoc/>
    public static Dual<S> operator /(Dual<S> a, Dual<S> b)
    {
        var quotient = a.Number / b.Number;
        return new(quotient, (a.Slope - quotient * b.Slope) / b.Number);
    }

    /// <inheritdoc/>
    public static Dual<S> operator -(Dual<S> a) => new(-a.Number, -a.Slope);

    /// <inheritdoc/>
    public static Dual<S> Fma(Dual<S> a, Dual<S> b, Dual<S> c) =>
        new(S.Fma(a.Number, b.Number, c.Number), S.Fma(a.Slope, b.Number, S.Fma(a.Number, b.Slope, c.Slope)));

    /// <inheritdoc/>
    public static Dual<S> Sqrt(Dual<S> x)
    {
        var root = S.Sqrt(x.Number);
        return new(root, x.Slope / (root + root));
    }

    /// <inheritdoc/>
    public static Dual<S> Exp(Dual<S> x)
    {
        var power = S.Exp(x.Number);
        return new(power, power * x.Slope);
    }

    /// <inheritdoc/>
    public static Dual<S> Log(Dual<S> x) => new(S.Log(x.Number), x.Slope / x.Number);

    /// <inheritdoc/>
    public static Dual<S> Tanh(Dual<S> x)
    {
        var tanh = S.Tanh(x.Number);
        return new(tanh, (one - tanh * tanh) * x.Slope);
    }

    /// <inheritdoc/>
    public static Dual<S> Sigmoid(Dual<S> x)
    {
        var sigmoid = S.Sigmoid(x.Number);
        return new(sigmoid, sigmoid * (one - sigmoid) * x.Slope);
    }

    /// <inheritdoc/>
    public static Dual<S> Softplus(Dual<S> x) => new(S.Softplus(x.Number), S.Sigmoid(x.Number) * x.Slope);

    /// <inheritdoc/>
    public static Dual<S> NormalCdf(Dual<S> x) => new(S.NormalCdf(x.Number), NormalIntegral<S>.Density(x.Number) * x.Slope);

    /// <inheritdoc/>
    public static Dual<S> Sin(Dual<S> x) => new(S.Sin(x.Number), S.Cos(x.Number) * x.Slope);

    /// <inheritdoc/>
    public static Dual<S> Cos(Dual<S> x) => new(S.Cos(x.Number), -(S.Sin(x.Number) * x.Slope));

    /// <summary>|x|, with slope 0 at 0.</summary>
    public static Dual<S> Abs(Dual<S> x) => new(S.Abs(x.Number), S.Less(x.Number, zero) ? -x.Slope : S.Less(zero, x.Number) ? x.Slope : zero);

    /// <inheritdoc/>
    public static Dual<S> Floor(Dual<S> x) => new(S.Floor(x.Number), zero);

    /// <inheritdoc/>
    public static Dual<S> Random(Dual<S> key, Dual<S> row, Dual<S> column) => new(S.Random(key.Number, row.Number, column.Number), zero);

    /// <inheritdoc/>
    public static bool Less(Dual<S> a, Dual<S> b) => S.Less(a.Number, b.Number);

    /// <inheritdoc/>
    public static bool LessEqual(Dual<S> a, Dual<S> b) => S.LessEqual(a.Number, b.Number);

    /// <inheritdoc/>
    public static bool Equal(Dual<S> a, Dual<S> b) => S.Equal(a.Number, b.Number);
}
