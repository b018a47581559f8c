using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// Each operation, of floats mostly, against the same one with 31 digits on the same operands: half an ulp where IEEE rounds, two for the
/// project's own functions, γₖ·Σ|terms| for sums and products (Higham 2002, §3.1), k the length of the longest chain of roundings.
/// Bounds of whole networks would flag errors of thousands of percent only. A hash has no error: its bits are right or not.
/// </summary>
internal static class LocalBounds
{
    /// <exception cref="MismatchException">An operation is less exact than its bound.</exception>
    public static void Check(Graph graph, IReadOnlyDictionary<Value, Real32[]> values, int examples)
    {
        var exact = new Interpreter<DoubleDouble>(graph);
        foreach (var v in values.Keys.Where(v => !v.IsUniform && v.Op.Kind != PrimitiveKind.Leaf && v.Op != Primitive.Random && v.Element == Element.Real))
        {
            DoubleDouble[][] operands = [.. v.Operands.Select(o => Array.ConvertAll(values[o], x => DoubleDouble.Create(x.Number)))];
            double[] found = [.. values[v].Select(x => x.Value)];
            var shares = Shares(exact, v, operands, found, examples, Precision.Single);
            if (Array.FindIndex(shares, s => s > 1) is >= 0 and var i)
                throw new MismatchException(string.Create(CultureInfo.InvariantCulture, $"{v.Op.Name} of [{string.Join(", ", operands.Select(o => o[Math.Min(i, o.Length - 1)].Value))}] is {found[i]}: off by {shares[i]:F2} of the bound"));
        }
    }

    /// <summary>How far each element of an operation is off, of its bound; 0 beyond the finite numbers, where the result is infinite and of NaN nothing is said.</summary>
    public static double[] Shares(Interpreter<DoubleDouble> exact, Value v, DoubleDouble[][] operands, double[] found, int examples, Precision precision)
    {
        var wanted = exact.Compute(v, examples, operands);
        var terms = Terms(v, exact, examples, operands);
        return [.. wanted.Select((w, i) =>
        {
            if (!double.IsFinite(w.Value) || !double.IsFinite(found[i])) return 0;
            var off = Math.Abs((DoubleDouble.Create(found[i]) - w).Value);
            var bound = terms is null ? Ulps(v.Op) * Ulp(w.Value, precision) : Gamma(Roundings(v, examples), Unit(precision)) * Math.Abs(terms[i].Value) + Smallest(precision);
            return off == 0 ? 0 : off / bound;
        })];
    }

    /// <summary>The bound of an operation in words.</summary>
    public static string Stated(Primitive op) => IsSum(op) ? "γ·Σ|terms|" : Fuse.IsHeavy(op) ? "2 ulp" : "½ ulp";

    /// <summary>Of sums and products, the sum of the terms' sizes; null elsewhere.</summary>
    static DoubleDouble[]? Terms(Value v, Interpreter<DoubleDouble> exact, int examples, DoubleDouble[][] x) =>
        IsSum(v.Op) ? exact.Compute(v, examples, [.. x.Select(o => Array.ConvertAll(o, DoubleDouble.Abs))]) : null;

    /// <summary>The longest chain: sixteen lanes and a tree along the last dimension, one after the other elsewhere.</summary>
    static int Roundings(Value v, int examples)
    {
        var from = v.Operands[0].Extent;
        if (v.Op == Primitive.MatMul) return (bool)v.Data! ? from.Batched ? examples * (int)from.Rows.Dims.Size : from.Dims[0] : from.Columns;
        if (v.Op == Primitive.BatchMatMul) return v.Operands[1].Extent.Dims[v.Extent.Dims.Rank - 2];
        if (v.Op == Primitive.BatchSum) return examples;
        if (v.Op == Primitive.ScatterAdd) return (int)from.Dims.Size * (from.Batched ? examples : 1);
        if (v.Data is WindowInfo window) return window.Height * window.Width;
        var axis = ((AxisInfo)v.Data!).Axis;
        return axis == from.Dims.Rank - 1 ? (from.Dims[axis] + 15) / 16 + 5 : from.Dims[axis];
    }

    static bool IsSum(Primitive op) => op == Primitive.MatMul || op == Primitive.BatchMatMul || op == Primitive.Sum || op == Primitive.BatchSum || op == Primitive.Fold || op == Primitive.ScatterAdd;

    static double Gamma(int k, double unit) => k * unit / (1 - k * unit);

    static double Ulps(Primitive op) => Fuse.IsHeavy(op) ? 2 : 0.5;

    static double Unit(Precision precision) => precision == Precision.Single ? 1.0 / (1 << 24) : 1.0 / (1L << 53);

    static double Smallest(Precision precision) => precision == Precision.Single ? float.Epsilon : double.Epsilon;

    static double Ulp(double x, Precision precision) => x == 0 ? Smallest(precision) : Math.Max(Math.ScaleB(2 * Unit(precision), Math.ILogB(x)), Smallest(precision));
}
