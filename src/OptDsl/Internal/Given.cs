using System.Runtime.CompilerServices;

namespace OptDsl;

// Hyperparameters of the library's rules. What is known to be nonsense is refused; a schedule is the caller's business.
public static partial class Dsl
{
    /// <summary>A rate, or the usual one: not below 0, where a step would climb.</summary>
    static Expr Rate(Expr? given, Expr? usual = null, [CallerArgumentExpression(nameof(given))] string name = "")
    {
        var rate = Finite(given ?? usual!, name);
        return Known(rate) is < 0 and var number ? throw Error.Argument(name, $"a step of a rate below 0 climbs, but got {Text.Number(number)}; to climb, minimize the negative") : rate;
    }

    /// <summary>The share of the past that is kept, or the usual one: from 0 to below 1, or the past never fades.</summary>
    static Expr Share(Expr? given, Expr usual, [CallerArgumentExpression(nameof(given))] string name = "")
    {
        var share = Finite(given ?? usual, name);
        return Known(share) is var number && number is < 0 or >= 1
            ? throw Error.Argument(name, $"the share of the past that is kept must be at least 0 and below 1, but got {Text.Number(number.Value)}") : share;
    }

    /// <summary>What a gradient or its norm is clipped to: above 0, since a norm of 0 over a limit of 0 is no number; infinite where nothing is to be clipped.</summary>
    static Expr Limit(Expr given, [CallerArgumentExpression(nameof(given))] string name = "") =>
        Known(given) is { } number && !(number > 0) ? throw Error.Argument(name, $"a limit must be above 0, but got {Text.Number(number)}") : given;

    static Expr Finite(Expr given, string name) =>
        Known(given) is { } number && (double.IsNaN(number) || double.IsInfinity(number)) ? throw Error.Argument(name, $"must be a finite number, but got {Text.Number(number)}") : given;

    /// <summary>g + decay·w; nothing is added where there is no decay.</summary>
    static Expr Decayed(Expr g, Expr? decay) => decay is null || decay.Data is 0.0 ? g : g + decay * Param;

    static double? Known(Expr e) => e.Data as double? ?? (e.Op == Primitive.Hyper ? Known(e.Operands[0]) : e.Op == Primitive.Negate ? -Known(e.Operands[0]) : null);
}
