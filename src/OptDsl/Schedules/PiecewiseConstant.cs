namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The first value until the first step of <paramref name="at"/>, then the second, and so on; one value more than steps.</summary>
    public static Expr PiecewiseConstant(double[] values, params int[] at)
    {
        if (values.Length != at.Length + 1) throw Error.Argument("values", $"{Text.Number(at.Length)} steps divide time into {Text.Number(at.Length + 1)} parts, but there are {Text.Number(values.Length)} values");
        for (var i = 1; i < at.Length; i++)
            if (at[i] <= at[i - 1]) throw Error.Argument("at", $"steps must rise, but {Text.Number(at[i])} follows {Text.Number(at[i - 1])}");
        Expr rate = values[at.Length];
        for (var i = at.Length - 1; i >= 0; i--) rate = Where(Less(Step, at[i]), values[i], rate);
        return rate;
    }
}
