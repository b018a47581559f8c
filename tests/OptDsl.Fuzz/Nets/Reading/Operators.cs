using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>C#'s operators on vectors, numbers and truth.</summary>
static class Operators<V, T> where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Term Binary(string sign, Term a, Term b) =>
        a is Term<bool> p && b is Term<bool> q ? Truth(sign, p.Get, q.Get)
        : a is Term<V> || b is Term<V> ? Vector(sign, a.As<V>(), b.As<V>())
        : a is Term<nint> i && b is Term<nint> j ? Number(sign, i.Get, j.Get)
        : a is Term<double> || b is Term<double> ? Number(sign, a.As<double>(), b.As<double>())
        : Number(sign, a.As<float>(), b.As<float>());

    public static Term Negative(Term x) => x switch
    {
        Term<V> v => new Term<V>(() => -v.Get()),
        Term<double> d => new Term<double>(() => -d.Get()),
        Term<float> f => new Term<float>(() => -f.Get()),
        _ => Negative(x.As<nint>()),
    };

    public static Term Cast(string type, Term x) => type switch
    {
        "float" when x is Term<double> d => new Term<float>(() => (float)d.Get()),
        "float" => new Term<float>(x.As<float>()),
        _ => new Term<double>(x.As<double>()),
    };

    public static Term Choice(Func<bool> test, Term a, Term b) =>
        a is Term<double> || b is Term<double> ? Choice(test, a.As<double>(), b.As<double>()) : Choice(test, a.As<float>(), b.As<float>());

    static Term<X> Choice<X>(Func<bool> test, Func<X> a, Func<X> b) => new(() => test() ? a() : b());

    static Term<nint> Negative(Func<nint> x) => new(() => -x());

    static Term<bool> Truth(string sign, Func<bool> a, Func<bool> b) => sign switch
    {
        "&&" => new(() => a() && b()),
        "||" => new(() => a() || b()),
        "==" => new(() => a() == b()),
        _ => throw new FormatException($"{sign} of truth"),
    };

    static Term<V> Vector(string sign, Func<V> a, Func<V> b) => sign switch
    {
        "+" => new(() => a() + b()),
        "-" => new(() => a() - b()),
        "*" => new(() => a() * b()),
        "/" => new(() => a() / b()),
        _ => throw new FormatException($"{sign} of vectors"),
    };

    static Term Number<N>(string sign, Func<N> a, Func<N> b) where N : INumber<N> => sign switch
    {
        "+" => new Term<N>(() => a() + b()),
        "-" => new Term<N>(() => a() - b()),
        "*" => new Term<N>(() => a() * b()),
        "/" => new Term<N>(() => a() / b()),
        "%" => new Term<N>(() => a() % b()),
        "<" => new Term<bool>(() => a() < b()),
        "<=" => new Term<bool>(() => a() <= b()),
        "==" => new Term<bool>(() => a() == b()),
        "!=" => new Term<bool>(() => a() != b()),
        _ => throw new FormatException($"{sign} of numbers"),
    };
}
