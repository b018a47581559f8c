using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// Each float operation against the same one with 31 digits on the same operands: half an ulp where IEEE rounds, two for the
/// project's own functions, γₖ·Σ|terms| for sums and products (Higham 2002, §3.1), k the length of the longest chain of roundings.
/// Bounds of whole networks would flag errors of thousands of percent only. A hash has no error: its bits are right or not.
/// </summary>
internal static class LocalBounds
{
    const double Unit = 1.0 / (1 << 24), Smallest = 1.5e-45;

    /// <exception cref="MismatchException">An operation is less exact than its bound.</exception>
    public static void Check(Graph graph, IReadOnlyDictionary<Value, Real32[]> values, int examples)
    {
        var exact = new Interpreter<DoubleDouble>(graph);
        foreach (var v in values.Keys.Where(v => !v.IsUniform && v.Op.Kind != PrimitiveKind.Leaf && v.Op != Primitive.Random && v.Element == Element.Real))
        {
            var operands = v.Operands.Select(o => Array.ConvertAll(values[o], x => DoubleDouble.Create(x.Number))).ToArray();
            var wanted = exact.Compute(v, examples, operands);
            var terms = Terms(v, exact, examples, operands);
            for (var i = 0; i < wanted.Length; i++)
            {
                double found = values[v][i].Number, off = Math.Abs((DoubleDouble.Create(found) - wanted[i]).Value);
                var bound = terms is { } sum ? Gamma(Roundings(v, examples)) * Math.Abs(sum[i].Value) + Smallest : Ulps(v.Op) * Ulp(wanted[i].Value);
                // Beyond the largest float the result is infinite, and of NaN nothing is said.
                if (!double.IsFinite(wanted[i].Value) || !double.IsFinite(found) || off <= bound) continue;
                throw new MismatchException(string.Create(CultureInfo.InvariantCulture, $"{v.Op.Name} of [{string.Join(", ", v.Operands.Select(o => values[o][Math.Min(i, values[o].Length - 1)].Number))}] is {found:R}, exactly {wanted[i].Value:R}: off by {off / bound:F2} of the bound"));
            }
        }
    }

    /// <summary>Of sums and products, the sum of the terms' sizes; null elsewhere.</summary>
    static DoubleDouble[]? Terms(Value v, Interpreter<DoubleDouble> exact, int examples, DoubleDouble[][] x) =>
        v.Op == Primitive.MatMul || v.Op == Primitive.BatchMatMul || v.Op == Primitive.Sum || v.Op == Primitive.BatchSum || v.Op == Primitive.Fold ? exact.Compute(v, examples, [.. x.Select(o => Array.ConvertAll(o, DoubleDouble.Abs))]) : null;

    /// <summary>The longest chain: sixteen lanes and a tree along the last dimension, one after the other elsewhere.</summary>
    static int Roundings(Value v, int examples)
    {
        var from = v.Operands[0].Extent;
        if (v.Op == Primitive.MatMul) return (bool)v.Data! ? from.Batched ? examples * (int)from.Rows.Dims.Size : from.Dims[0] : from.Columns;
        if (v.Op == Primitive.BatchMatMul) return v.Operands[1].Extent.Dims[v.Extent.Dims.Rank - 2];
        if (v.Op == Primitive.BatchSum) return examples;
        if (v.Data is WindowInfo window) return window.Height * window.Width;
        var axis = ((AxisInfo)v.Data!).Axis;
        return axis == from.Dims.Rank - 1 ? (from.Dims[axis] + 15) / 16 + 5 : from.Dims[axis];
    }

    static double Gamma(int k) => k * Unit / (1 - k * Unit);

    static double Ulps(Primitive op) => Fuse.IsHeavy(op) ? 2 : 0.5;

    static double Ulp(double x) => Math.Max(Math.ScaleB(1, Math.ILogB(x == 0 ? Smallest : x) - 23), 1.4012984643e-45);
}
