using System.Collections.Concurrent;
using System.Reflection;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The project's own functions, for vectors and for single numbers.</summary>
static class Functions
{
    static readonly ConcurrentDictionary<(string, string, Type), Delegate> known = [];

    public static Term Call<V>(string type, string name, Term[] x) => x[0] is Term<V> ? Call(type, name, As<V>(x))
        : type == "Float32" ? Call(type, name, As<float>(x))
        : Call(type, name, As<double>(x));

    static Func<X>[] As<X>(Term[] x) => Array.ConvertAll(x, a => a.As<X>());

    static Term<X> Call<X>(string type, string name, Func<X>[] x)
    {
        if (x.Length == 3)
        {
            var (hash, key, row, column) = (Known<X, Func<X, X, X, X>>(type, name), x[0], x[1], x[2]);
            return new(() => hash(key(), row(), column()));
        }
        var (function, operand) = (Known<X, Func<X, X>>(type, name), x.Single());
        return new(() => function(operand()));
    }

    static F Known<X, F>(string type, string name) where F : Delegate =>
        (F)known.GetOrAdd((type, name, typeof(X)), _ => Find<X, F>(type == "Float32" ? typeof(Float32) : typeof(Float64), name));

    static F Find<X, F>(Type type, string name) where F : Delegate
    {
        var arity = typeof(F).GenericTypeArguments.Length - 1;
        var own = type.GetMethods().Where(m => m.Name == name && m.GetParameters().Length == arity).ToArray();
        return (typeof(X).IsPrimitive ? own.Single(m => !m.IsGenericMethod) : own.Single(m => m.IsGenericMethod).MakeGenericMethod(typeof(X))).CreateDelegate<F>();
    }
}
