using System;
using System.Linq;

namespace OptDsl;

/// <summary>The words of the language: <c>using static OptDsl.Dsl;</c> in C#, <c>open type OptDsl.Dsl</c> in F#.</summary>
public static partial class Dsl
{
    /// <summary>The number of completed updates: 0 at the first one. What depends on it alone is computed once per step in double.</summary>
    public static Expr Step { get; } = Build.Leaf(Primitive.Step, Shape.Scalar);

    /// <summary>
    /// Holds while a step learns, and where a gradient is asked for; not where the loss is only evaluated, nor at prediction. What <see cref="Where"/>
    /// chooses by it is chosen when the model is compiled: <c>Where(Learning, noisy, x)</c> costs a prediction nothing.
    /// </summary>
    public static Expr Learning { get; } = Equal(Build.Leaf(Primitive.Learning, Shape.Scalar), 1);

    /// <summary>The number of examples of the batch.</summary>
    public static Expr Examples { get; } = Build.Leaf(Primitive.Examples, Shape.Scalar);

    /// <summary>Inside a rule: the parameter's value before the step.</summary>
    public static Expr Param { get; } = Build.Leaf(Primitive.Param, null);

    /// <summary>Inside a rule: the mean loss of the batch before the step, one number.</summary>
    public static Expr Loss { get; } = Build.Leaf(Primitive.Loss, Shape.Scalar);

    /// <summary>
    /// A hyperparameter: this number or schedule until <c>learner.Hyperparameters["lr"] = 1e-4</c> sets another one, without compiling again. Wherever a
    /// rule, a schedule or a loss takes a number, it takes this: <c>Adam(Hyper("lr", 1e-3))</c>.
    /// </summary>
    /// <exception cref="OptDslException">The value is not one number that depends on Step alone, or the name is not usable.</exception>
    public static Expr Hyper(string name, Expr value) => Build.Hyper(CheckName(name), value);

    /// <summary>Real data: <paramref name="size"/> numbers per example.</summary>
    public static Expr Input(int size, string? name = null) => Input([size], name);

    /// <summary>Real data: a tensor of this shape per example; an empty shape is one number.</summary>
    public static Expr Input(int[] shape, string? name = null) => Data(shape, name, Element.Real);

    /// <summary>Integer data, one number per example unless a shape is given: labels, tokens.</summary>
    public static Expr IntegerInput(string? name = null, int[]? shape = null) => Data(shape ?? [], name, Element.Integer);

    /// <summary>A trained tensor. Each call makes a new one; sharing means using the same value.</summary>
    public static Expr Parameter(int[] shape, Init? init = null, string? name = null) => LayerParameter(null, name, shape, init ?? Init.Zero);

    /// <summary>A trained vector that starts at these values.</summary>
    public static Expr Parameter(double[] start, string? name = null) => LayerParameter(null, name, [start.Length], Init.Values(start));

    /// <summary>A trained number.</summary>
    public static Expr Parameter(double start, string? name = null) => LayerParameter(null, name, [], Init.Constant(start));

    /// <summary>
    /// A tensor that no rule changes, though checkpoints carry it: a running average, say, or what is measured beforehand. A learning step on a loss that
    /// uses it leaves <paramref name="next"/> of its value in it: <c>Untrained([4], next: m => m + 0.1 * (BatchMean(x) - m))</c>. No gradient flows through either.
    /// </summary>
    /// <exception cref="OptDslException">What is left in it depends on one example, or has another shape (OPT0102).</exception>
    public static Expr Untrained(int[] shape, Init? init = null, string? name = null, Func<Expr, Expr>? next = null)
    {
        var value = LayerParameter(null, name, shape, init ?? Init.Zero, isFixed: true);
        return next is null ? value : Build.Tracked(value, next(value));
    }

    /// <summary>0, 1, …, <paramref name="length"/> − 1.</summary>
    public static Expr Indices(int length)
    {
        CheckSizes("length", [length]);
        return Build.Leaf(Primitive.Indices, new(length));
    }

    internal static Expr LayerParameter(LayerInfo? layer, string? name, int[] shape, Init init, bool isFixed = false)
    {
        CheckSizes("shape", shape);
        var s = new Shape((int[])shape.Clone());
        return Build.Leaf(Primitive.Parameter, s, new ParameterInfo(layer, name is null ? null : CheckName(name), init, s, isFixed));
    }

    internal static Expr Target(Shape shape) => Build.Leaf(Primitive.Input, shape, new InputInfo(null, true), batched: true);

    internal static string CheckName(string name) =>
        name is { Length: > 0 and <= 80 } && char.IsLetter(name[0]) && name.All(c => c < 128 && (char.IsLetterOrDigit(c) || c == '_')) ? name : throw Error.Name(name);

    internal static void CheckSizes(string name, int[] sizes)
    {
        foreach (var size in sizes)
            if (size < 1) throw Error.Argument(name, $"sizes must be at least 1, but one is {Text.Number(size)}");
        if (sizes.Aggregate(1.0, (a, d) => a * d) > 1 << 30) throw Error.Argument(name, "a tensor may have at most 2^30 elements");
    }

    static Expr Data(int[] shape, string? name, Element element)
    {
        CheckSizes("shape", shape);
        return Build.Leaf(Primitive.Input, new((int[])shape.Clone()), new InputInfo(name is null ? null : CheckName(name), false), batched: true, element);
    }
}
