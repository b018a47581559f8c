using System;

namespace OptDsl;

/// <summary>The words of the language as methods, for declarations that read from the input to the rule.</summary>
public static partial class Fluent
{
    /// <summary>f(x): a function or layer of your own in a chain.</summary>
    public static Expr Apply(this Expr x, Func<Expr, Expr> f) => f(x);

    /// <summary>Names what lies upstream, back to the previous name: <c>trunk.dense1.weights</c>. On a parameter, its own name.</summary>
    public static Expr Named(this Expr x, string name) => Build.Marker(Primitive.Named, x, new ScopeInfo(Dsl.CheckName(name), null));

    /// <summary>Names the layers that <paramref name="f"/> adds; scopes nest.</summary>
    public static Expr Named(this Expr x, string name, Func<Expr, Expr> f)
    {
        var start = Build.Marker(Primitive.ScopeStart, x);
        return Build.Marker(Primitive.Named, f(start), new ScopeInfo(Dsl.CheckName(name), start));
    }

    /// <summary>The loss of this output against a target that the data must bring; what <c>Predict</c> returns is this output.</summary>
    public static Expr Loss(this Expr output, LossFunction loss, string? target = null)
    {
        var data = target is null ? Dsl.Target(output.Shape)
            : Build.Leaf(Primitive.Input, output.Shape, new InputInfo(Dsl.CheckName(target), true), batched: true);
        return Build.Marker(Primitive.Output, loss(output, data), null, output);
    }

    /// <summary>The model that minimises this loss (the mean over the examples) by a rule.</summary>
    /// <exception cref="OptDslException">The loss is not one scalar, has no parameter, or the rule does not fit a parameter.</exception>
    public static Model Minimize(this Expr loss, Rule rule) => new(loss, rule);
}
