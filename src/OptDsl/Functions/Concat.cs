namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The parts one after the other along a dimension; negative axes count from the last.</summary>
    /// <exception cref="OptDslException">There is no part, the axis is outside, sizes beside it differ, or a part is of integers (OPT0101, OPT0102).</exception>
    public static Expr Concat(int axis, params Expr[] parts)
    {
        if (parts.Length == 0) throw Error.Argument("parts", "Concat needs at least one");
        axis = Build.Axis(parts[0], axis);
        // Any order will do: the compiler joins all parts at once.
        return Build.InPairs(parts, (a, b) => Build.Concat(a, b, axis));
    }
}

public static partial class Fluent
{
    /// <summary>x between zeros: so many before it along a dimension, so many after it.</summary>
    /// <exception cref="OptDslException">A number of zeros is negative, the axis is outside, or x is of integers (OPT0102).</exception>
    public static Expr Pad(this Expr x, int axis, int before, int after)
    {
        axis = Build.Axis(x, axis);
        if (before < 0 || after < 0) throw Error.Argument("Pad", $"the numbers of zeros must be at least 0, but are {Text.Number(before)} and {Text.Number(after)}");
        Dsl.CheckSizes("Pad", [(int)System.Math.Min(int.MaxValue, (long)before + after + x.Shape[axis]), .. x.Shape.Without(axis).Dims]);
        return before + after == 0 ? x : Build.Pad(x, axis, before, before + after + x.Shape[axis]);
    }
}
