using System.Collections.Concurrent;
using System.Reflection;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The project's own functions, for vectors and for single numbers.</summary>
static class Functions
{
    static readonly ConcurrentDictionary<(string, string, Type), Delegate> known = [];

    public static Term Call<V>(string type, string name, Term x) => x is Term<V> ? Call<V>(type, name, x.As<V>())
        : type == "Float32" ? Call(type, name, x.As<float>())
        : Call(type, name, x.As<double>());

    static Term<X> Call<X>(string type, string name, Func<X> x)
    {
        var function = (Func<X, X>)known.GetOrAdd((type, name, typeof(X)), _ => Find<X>(type == "Float32" ? typeof(Float32) : typeof(Float64), name));
        return new(() => function(x()));
    }

    static Func<X, X> Find<X>(Type type, string name)
    {
        var own = type.GetMethods().Where(m => m.Name == name && m.GetParameters().Length == 1).ToArray();
        return (typeof(X).IsPrimitive ? own.Single(m => !m.IsGenericMethod) : own.Single(m => m.IsGenericMethod).MakeGenericMethod(typeof(X))).CreateDelegate<Func<X, X>>();
    }
}
