namespace OptDsl.Fuzz;

/// <summary>An expression of emitted text, ready to be computed.</summary>
abstract class Term
{
    /// <summary>A variable that holds what it is now.</summary>
    public abstract Cell Variable();

    /// <summary>It as this type, by the conversions that C# makes by itself.</summary>
    public Func<X> As<X>() => this switch
    {
        Term<X> same => same.Get,
        Term<nint> n when typeof(X) == typeof(double) => (Func<X>)(object)(Func<double>)(() => n.Get()),
        Term<nint> n when typeof(X) == typeof(float) => (Func<X>)(object)(Func<float>)(() => n.Get()),
        Term<float> x when typeof(X) == typeof(double) => (Func<X>)(object)(Func<double>)(() => x.Get()),
        _ => throw new FormatException($"{GetType().GenericTypeArguments[0]} is no {typeof(X)}"),
    };
}

/// <summary>An expression of this type.</summary>
sealed class Term<X>(Func<X> get) : Term
{
    public Func<X> Get { get; } = get;

    public override Cell Variable() => new Cell<X>();
}

/// <summary>A variable of emitted text.</summary>
abstract class Cell
{
    public abstract Term Term { get; }

    public abstract Action Assign(Term from);
}

/// <summary>A variable of this type.</summary>
sealed class Cell<X> : Cell
{
    public X Value = default!;

    public override Term Term => new Term<X>(() => Value);

    public override Action Assign(Term from)
    {
        var get = from.As<X>();
        return () => Value = get();
    }
}
