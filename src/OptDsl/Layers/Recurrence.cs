using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>What layers over a sequence share: one position after the other, from a state of 0.</summary>
internal static class Recurrence
{
    /// <summary>
    /// The states of all positions, a row each. A state follows from the position's row of x·W + b, which is one product for all, from h·U with the state
    /// before it, and from that state; these two rows have <paramref name="gates"/> times the units.
    /// </summary>
    public static Expr Over(LayerInfo layer, Expr x, int units, int gates, Init? weights, Init? recurrent, Init? bias, Func<Expr, Expr, Expr, Expr> next)
    {
        if (x.Rank != 2) throw Error.Argument(layer.Kind, $"needs a row per position, [positions, columns], but got {x.Describe()}");
        var given = Dsl.MatMul(x, Dsl.LayerParameter(layer, "weights", [x.Shape.Last, gates * units], weights ?? Init.Glorot))
            + Dsl.LayerParameter(layer, "bias", [gates * units], bias ?? Init.Zero);
        var u = Dsl.LayerParameter(layer, "recurrent", [units, gates * units], recurrent ?? Init.Orthogonal());
        var h = (0 * Dsl.Indices(units)).Reshape(1, units);
        var states = new List<Expr>();
        foreach (var row in Rows(given)) states.Add(h = next(row, Dsl.MatMul(h, u), h));
        return Dsl.Concat(0, [.. states]);
    }

    /// <summary>The columns of one gate.</summary>
    public static Expr Gate(Expr row, int gate, int units) => row.Slice(gate * units, units, axis: -1);

    /// <summary>
    /// Each row as a matrix of one. By halves: the gradient of a slice is a whole with zeros around it, so as many slices of the whole as there are rows
    /// would cost their square.
    /// </summary>
    static IEnumerable<Expr> Rows(Expr x) => x.Length == 1 ? [x] : Rows(x.Slice(0, x.Length / 2)).Concat(Rows(x.Slice(x.Length / 2, x.Length - x.Length / 2)));
}
