using System.Numerics;

namespace OptDsl.Fuzz;

/// <summary>The members of float and double that emitted text calls.</summary>
static class Scalars
{
    public static Term Constant(string type, string name) => type == "float" ? Constant<float>(name) : Constant<double>(name);

    public static Term Call(string type, string name, Term[] x) => type == "float" ? Call<float>(name, x) : Call<double>(name, x);

    static Term<N> Constant<N>(string name) where N : IFloatingPointIeee754<N>
    {
        var value = name switch
        {
            "NaN" => N.NaN,
            "PositiveInfinity" => N.PositiveInfinity,
            "NegativeInfinity" => N.NegativeInfinity,
            _ => throw new FormatException(name),
        };
        return new(() => value);
    }

    static Term Call<N>(string name, Term[] arguments) where N : IFloatingPointIeee754<N>
    {
        var x = Array.ConvertAll(arguments, a => a.As<N>());
        return (name, x) switch
        {
            ("Sqrt", [var a]) => new Term<N>(() => N.Sqrt(a())),
            ("Abs", [var a]) => new Term<N>(() => N.Abs(a())),
            ("Floor", [var a]) => new Term<N>(() => N.Floor(a())),
            ("IsNaN", [var a]) => new Term<bool>(() => N.IsNaN(a())),
            ("FusedMultiplyAdd", [var a, var b, var c]) => new Term<N>(() => N.FusedMultiplyAdd(a(), b(), c())),
            _ => throw new FormatException(name),
        };
    }
}
