using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>Which way every comparison, maximum, absolute value and step of a computation went: where that changes, a difference is no derivative.</summary>
internal static class Branches
{
    /// <summary>What a value depends on, but for what counts as constant: the shift of a softmax is no branch.</summary>
    public static IReadOnlyList<Value> Below(Value root) => [.. Graph.Below(root, v => v.Op == Primitive.StopGradient ? [] : v.Operands).Where(v => v.Op != Primitive.StopGradient)];

    public static IReadOnlyList<double[]> Of<S>(IReadOnlyList<Value> below, IReadOnlyDictionary<Value, S[]> values) where S : struct, IScalar<S>
    {
        var taken = new List<double[]>();
        foreach (var value in below)
        {
            var (numbers, x) = (values[value], value.Operands.Count > 0 ? values[value.Operands[0]] : []);
            if (value.Op.IsTruth || value.Op == Primitive.Floor) taken.Add(Array.ConvertAll(numbers, n => n.Value));
            // At zero the absolute value has no derivative, and the root none at all; nor has what is no number.
            else if (value.Op == Primitive.Abs || value.Op == Primitive.Sqrt) taken.Add(Array.ConvertAll(x, n => n.Value is 0 or double.NaN ? double.NaN : Math.Sign(n.Value)));
            else if (value.Op == Primitive.Max) taken.Add(Largest(value, x, numbers));
        }
        return taken;
    }

    /// <summary>NaN, which marks a kink, is equal to nothing.</summary>
    public static bool AreSame(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        for (var i = 0; i < a.Count; i++)
            for (var k = 0; k < a[i].Length; k++)
                if (a[i][k] != b[i][k]) return false;
        return true;
    }

    /// <summary>Which element is the largest; none where several are.</summary>
    static double[] Largest<S>(Value max, S[] x, S[] largest) where S : struct, IScalar<S>
    {
        var size = max.Operands[0].Extent.Columns;
        return [.. largest.Select((m, row) =>
        {
            var places = Enumerable.Range(0, size).Where(i => S.Equal(x[row * size + i], m)).ToArray();
            return places is [var only] ? only : double.NaN;
        })];
    }
}
