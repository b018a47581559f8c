using System;
using System.Linq;
using System.Reflection;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// Real delegates for evaluated functions. A closed generic method per signature is thirty times cheaper to make than a
/// compiled expression tree.
/// </summary>
internal abstract class Thunk(Closure closure)
{
    static readonly Type[] functions = [typeof(Returns<>), typeof(Returns<,>), typeof(Returns<,,>), typeof(Returns<,,,>), typeof(Returns<,,,,>), typeof(Returns<,,,,,>), typeof(Returns<,,,,,,>), typeof(Returns<,,,,,,,>)];
    static readonly Type?[] actions = [typeof(Nothing), typeof(Nothing<>), typeof(Nothing<,>), typeof(Nothing<,,>), typeof(Nothing<,,,>)];

    public Closure Closure { get; } = closure;

    /// <summary>Null where no thunk has the shape: parameters by reference, or too many.</summary>
    public static Delegate? Create(Type delegateType, Closure closure)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => p.ParameterType).ToArray();
        if (parameters.Any(p => p.IsByRef)) return null;
        var returns = invoke.ReturnType != typeof(void);
        var thunks = returns ? functions : actions;
        if (parameters.Length >= thunks.Length) return null;
        var definition = thunks[parameters.Length]!;
        Type[] arguments = returns ? [.. parameters, invoke.ReturnType] : parameters;
        var thunk = Activator.CreateInstance(arguments.Length == 0 ? definition : definition.MakeGenericType(arguments), closure);
        return Delegate.CreateDelegate(delegateType, thunk, thunk.GetType().GetMethod("Call")!);
    }

    protected R Get<R>(params object?[] arguments) => (R)Closure.Call(arguments)!;

    sealed class Returns<R>(Closure c) : Thunk(c) { public R Call() => Get<R>(); }

    sealed class Returns<A, R>(Closure c) : Thunk(c) { public R Call(A a) => Get<R>(a); }

    sealed class Returns<A, B, R>(Closure c) : Thunk(c) { public R Call(A a, B b) => Get<R>(a, b); }

    sealed class Returns<A, B, C, R>(Closure f) : Thunk(f) { public R Call(A a, B b, C c) => Get<R>(a, b, c); }

    sealed class Returns<A, B, C, D, R>(Closure f) : Thunk(f) { public R Call(A a, B b, C c, D d) => Get<R>(a, b, c, d); }

    sealed class Returns<A, B, C, D, E, R>(Closure f) : Thunk(f) { public R Call(A a, B b, C c, D d, E e) => Get<R>(a, b, c, d, e); }

    sealed class Returns<A, B, C, D, E, F, R>(Closure g) : Thunk(g) { public R Call(A a, B b, C c, D d, E e, F f) => Get<R>(a, b, c, d, e, f); }

    sealed class Returns<A, B, C, D, E, F, G, R>(Closure h) : Thunk(h) { public R Call(A a, B b, C c, D d, E e, F f, G g) => Get<R>(a, b, c, d, e, f, g); }

    sealed class Nothing(Closure c) : Thunk(c) { public void Call() => Closure.Call(); }

    sealed class Nothing<A>(Closure c) : Thunk(c) { public void Call(A a) => Closure.Call(a); }

    sealed class Nothing<A, B>(Closure c) : Thunk(c) { public void Call(A a, B b) => Closure.Call(a, b); }

    sealed class Nothing<A, B, C>(Closure f) : Thunk(f) { public void Call(A a, B b, C c) => Closure.Call(a, b, c); }

    sealed class Nothing<A, B, C, D>(Closure f) : Thunk(f) { public void Call(A a, B b, C c, D d) => Closure.Call(a, b, c, d); }
}
