using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The members of V that emitted text calls.</summary>
static class Vectors<V, T> where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Term Constant(string name) => name switch
    {
        "Count" => new Term<nint>(() => V.Count),
        "Indices" => new Term<V>(() => V.Indices),
        _ => throw new FormatException($"V.{name}"),
    };

    public static Term Call(string name, Term[] x) => (name, x.Length) switch
    {
        ("Load", 2) => Load(x[0].As<Buffer<T>>(), x[1].As<nint>()),
        ("Create", 1) => Create(x[0].As<T>()),
        ("First", 3) => First(x[0].As<V>(), x[1].As<nint>(), x[2].As<T>()),
        (_, 1) => One(name, x[0].As<V>()),
        (_, 2) => Two(name, x[0].As<V>(), x[1].As<V>()),
        (_, 3) => Three(name, x[0].As<V>(), x[1].As<V>(), x[2].As<V>()),
        (_, 4) => Four(name, x[0].As<V>(), x[1].As<V>(), x[2].As<V>(), x[3].As<V>()),
        _ => throw new FormatException($"V.{name}"),
    };

    static Term<V> Load(Func<Buffer<T>> p, Func<nint> i) => new(() => V.Load(p(), i()));

    static Term<V> Create(Func<T> x) => new(() => V.Create(x()));

    static Term<V> First(Func<V> x, Func<nint> count, Func<T> other) => new(() => V.First(x(), count(), other()));

    static Term<V> One(string name, Func<V> x) => name switch
    {
        "Sqrt" => new(() => V.Sqrt(x())),
        "Abs" => new(() => V.Abs(x())),
        "Floor" => new(() => V.Floor(x())),
        "Not" => new(() => V.Not(x())),
        _ => throw new FormatException($"V.{name}"),
    };

    static Term<V> Two(string name, Func<V> a, Func<V> b) => name switch
    {
        "Less" => new(() => V.Less(a(), b())),
        "LessEqual" => new(() => V.LessEqual(a(), b())),
        "Equal" => new(() => V.Equal(a(), b())),
        "Larger" => new(() => V.Larger(a(), b())),
        "Smaller" => new(() => V.Smaller(a(), b())),
        "And" => new(() => V.And(a(), b())),
        "Or" => new(() => V.Or(a(), b())),
        _ => throw new FormatException($"V.{name}"),
    };

    static Term<V> Three(string name, Func<V> a, Func<V> b, Func<V> c) => name switch
    {
        "Fma" => new(() => V.Fma(a(), b(), c())),
        "Select" => new(() => V.Select(a(), b(), c())),
        _ => throw new FormatException($"V.{name}"),
    };

    static Term<V> Four(string name, Func<V> a, Func<V> b, Func<V> c, Func<V> d) => name switch
    {
        "SelectLess" => new(() => V.SelectLess(a(), b(), c(), d())),
        "SelectLessEqual" => new(() => V.SelectLessEqual(a(), b(), c(), d())),
        "SelectEqual" => new(() => V.SelectEqual(a(), b(), c(), d())),
        _ => throw new FormatException($"V.{name}"),
    };
}
