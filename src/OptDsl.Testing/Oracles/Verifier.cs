using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// What every graph keeps after every pass, by rules of its own: operands before users, each operation's shape and element type,
/// one gradient per parameter in the parameter's shape, next values that fit what they replace.
/// </summary>
internal static partial class Verifier
{
    /// <exception cref="MismatchException">A value or a root is malformed.</exception>
    public static void Check(Graph graph)
    {
        var seen = new HashSet<Value>();
        var ids = new HashSet<int>();
        foreach (var v in graph.Values)
        {
            Require(v.Operands.All(seen.Contains), v, "is used before it is computed, or not listed");
            Require(seen.Add(v) && ids.Add(v.Id), v, "is computed twice");
            Require(v.Op.Kind == PrimitiveKind.Marker || (v.Op == Primitive.Concat ? v.Operands.Count >= v.Op.Arity : v.Operands.Count == v.Op.Arity), v, $"has {v.Operands.Count} operands");
            Require(v.Extent.Dims.Dims.All(d => d > 0), v, "has an empty dimension");
            Value(v);
        }
        Roots(graph, seen);
    }

    static void Roots(Graph graph, HashSet<Value> seen)
    {
        var roots = graph.Roots;
        foreach (var root in roots.All) Require(seen.Contains(root), root, "is a root and not listed");
        foreach (var loss in new[] { roots.Loss, roots.Evaluated }) Require(loss.Extent.IsScalar && loss.Element == Element.Real, loss, "is no loss");
        foreach (var (name, output) in roots.Outputs) Require(output.Extent.Batched, output, $"is the output {name} and not one per example");
        var parameters = roots.Stored.Where(s => !s.IsSlot).ToList();
        Require(roots.Gradients.Select(g => g.Name).Order().SequenceEqual(parameters.Select(p => p.Name).Order()), roots.Loss, "has not one gradient per parameter");
        Require(roots.Hypers.All(h => h.Op == Primitive.Hyper) && roots.Hypers.Select(h => h.Data).Distinct().Count() == seen.Count(v => v.Op == Primitive.Hyper), roots.Loss, "lists other hyperparameters than there are");
        foreach (var (name, gradient) in roots.Gradients) Same(gradient, parameters.First(p => p.Name == name).Leaf, "is the gradient of " + name);
        Require(roots.Stored.Select(s => s.Name).Distinct().Count() == roots.Stored.Count, roots.Loss, "has two tensors of one name");
        foreach (var stored in roots.Stored)
        {
            Require(stored.Leaf.Op == (stored.IsSlot ? Primitive.Slot : Primitive.Parameter) && Equals(stored.Leaf.Data, stored.Name), stored.Leaf, $"does not hold {stored.Name}");
            Same(stored.Next, stored.Leaf, "comes after " + stored.Name);
            Require(stored.IsSlot == stored.Start is not null, stored.Leaf, "starts from nothing, or twice");
            if (stored.Start is not { } start) continue;
            Same(start, stored.Leaf, "starts " + stored.Name);
            Require(Graph.Order([start]).All(v => v.Op != Primitive.Input && v.Op != Primitive.Slot && v.Op != Primitive.Step && v.Op != Primitive.Examples), start, "is there before the first step and reads one");
        }
        var known = roots.Stored.Select(s => s.Leaf).ToHashSet();
        foreach (var leaf in seen.Where(v => v.Op == Primitive.Parameter || v.Op == Primitive.Slot)) Require(known.Contains(leaf), leaf, "is stored nowhere");
    }

    static void Same(Value value, Value leaf, string what) =>
        Require(value.Extent.Equals(leaf.Extent) && value.Element == Element.Real, value, $"{what} and does not fit {leaf}");

    static void Value(Value v)
    {
        var x = v.Operands;
        if (v.Op.Kind == PrimitiveKind.Leaf) Leaf(v);
        else if (v.Op.Kind == PrimitiveKind.Elementwise) Elementwise(v);
        else if (v.Op == Primitive.StopGradient) Is(v, x[0].Extent.Batched, x[0].Extent.Dims.Dims);
        else if (v.Op.Kind == PrimitiveKind.Structural) Structural(v);
        else Require(false, v, "has no place in a graph");
        if (v.Op.Kind == PrimitiveKind.Structural) Require(v.Element == Moved(v), v, $"is {v.Element}");
    }

    /// <summary>Sums and products are real; what only moves elements keeps their type.</summary>
    static Element Moved(Value v) =>
        v.Op == Primitive.Broadcast || v.Op == Primitive.Reshape || v.Op == Primitive.Slice || v.Op == Primitive.Pad || v.Op == Primitive.Transpose ? v.Operands[0].Element : Element.Real;

    static void Leaf(Value v)
    {
        if (v.Op == Primitive.Constant) Require(v.Data is double && v.Extent.IsScalar, v, "is no number");
        else if (v.Op == Primitive.Step || v.Op == Primitive.Examples) Require(v.Extent.IsScalar, v, "is no number");
        else if (v.Op == Primitive.Indices) Require(!v.Extent.Batched && v.Extent.Dims.Rank == 1, v, "counts no columns");
        else if (v.Op == Primitive.Row) Require(v.Extent.Batched && v.Extent.Dims.Rank == 0, v, "counts no examples");
        else if (v.Op == Primitive.Input) Require(v.Data is string && v.Extent.Batched && v.Element != Element.Truth, v, "is no data");
        else if (v.Op == Primitive.Parameter || v.Op == Primitive.Slot) Require(v.Data is string && !v.Extent.Batched && v.Element == Element.Real, v, "is no tensor");
        else Require(false, v, "has no place in a graph");
    }

    static void Elementwise(Value v)
    {
        foreach (var operand in v.Operands) Require(operand.Extent.Equals(v.Extent), v, $"has an operand {operand.Extent}");
        var elements = v.Operands.Select(o => o.Element).ToArray();
        if (v.Op == Primitive.And || v.Op == Primitive.Or || v.Op == Primitive.Not) Require(elements.All(e => e == Element.Truth), v, "joins numbers");
        else if (v.Op == Primitive.Where) Require(elements[0] == Element.Truth && elements[1] != Element.Truth && elements[2] != Element.Truth, v, "chooses by a number, or between truths");
        else if (!v.Op.IsTruth) Require(elements.All(e => e == Element.Real), v, "computes with what is no real number");
        else Require(elements.All(e => e != Element.Truth), v, "compares truths");
        Require(v.Element == Element.Truth == v.Op.IsTruth, v, $"is {v.Element}");
    }

    static void Structural(Value v)
    {
        var from = v.Operands[0].Extent;
        var dims = from.Dims.Dims.ToArray();
        if (v.Op == Primitive.MatMul) Product(v);
        else if (v.Op == Primitive.BatchMatMul) Products(v);
        else if (v.Op == Primitive.Hyper) Require(v.Data is string && v.IsUniform && v.Operands[0].IsUniform && from.IsScalar && v.Extent.IsScalar, v, "is no number of the step");
        else if (v.Op == Primitive.Transpose)
        {
            Require(dims.Length == 2 && !from.Batched, v, "transposes no matrix");
            Is(v, false, [dims[1], dims[0]]);
        }
        else if (v.Op == Primitive.Orthonormalize)
        {
            Require(dims.Length == 2 && !from.Batched && dims[0] >= dims[1], v, "has more columns than a basis");
            Is(v, false, dims);
        }
        else if (v.Op == Primitive.Sum || v.Op == Primitive.Max)
        {
            Require(v.Data is AxisInfo at && at.Axis >= 0 && at.Axis < dims.Length, v, "reduces no dimension");
            Is(v, from.Batched, dims.Where((_, i) => i != ((AxisInfo)v.Data!).Axis));
            Require(v.Op == Primitive.Sum || ((AxisInfo)v.Data!).Axis == dims.Length - 1, v, "looks for a maximum across rows");
        }
        else if (v.Op == Primitive.BatchSum)
        {
            Require(from.Batched, v, "sums over no examples");
            Is(v, false, dims);
        }
        else if (v.Op == Primitive.Reshape)
        {
            Is(v, from.Batched, v.Extent.Dims.Dims);
            Require(dims.Aggregate(1L, (a, d) => a * d) == v.Extent.Dims.Dims.Aggregate(1L, (a, d) => a * d), v, "loses elements");
        }
        else if (v.Data is SliceInfo slice)
        {
            Require(slice.Axis >= 0 && slice.Axis < dims.Length && slice.Start >= 0 && slice.Length > 0 && slice.Start + slice.Length <= dims[slice.Axis], v, "cuts outside");
            Is(v, from.Batched, dims.Select((d, i) => i == slice.Axis ? slice.Length : d));
        }
        else if (v.Op == Primitive.Gather)
        {
            var index = v.Operands[1];
            Require(!from.Batched && dims.Length == 2 && index.Element == Element.Integer, v, "picks no rows of a table");
            Is(v, index.Extent.Batched, [.. index.Extent.Dims.Dims, dims[1]]);
        }
        else if (v.Data is TableInfo table)
        {
            var rows = v.Operands[1].Extent;
            Require(v.Operands[0].Element == Element.Integer && rows.Batched == from.Batched && rows.Dims.Rank == dims.Length + 1 && rows.Dims.Leading(1).Equals(from.Dims), v, $"adds rows {rows} at {from}");
            Is(v, false, [table.Rows, rows.Columns]);
        }
        else if (v.Data is WindowInfo w)
        {
            var (cells, isUnfold) = (w.Height * w.Width, v.Op == Primitive.Unfold);
            Require(w.Stride > 0 && w.Dilation > 0 && w.Down > 0 && w.Across > 0 && cells > 0, v, "has a window of nothing");
            Require(dims.Length == 3 && dims.Take(2).SequenceEqual(isUnfold ? [w.Rows, w.Columns] : [w.Down, w.Across]) && (isUnfold || dims[2] % cells == 0), v, $"does not fit {from}");
            Is(v, from.Batched, isUnfold ? [w.Down, w.Across, cells * dims[2]] : [w.Rows, w.Columns, dims[2] / cells]);
        }
        else if (v.Data is ConcatInfo { Axis: var along })
        {
            foreach (var part in v.Operands.Select(o => o.Extent))
                Require(along >= 0 && along < dims.Length && part.Batched == from.Batched && part.Dims.Rank == dims.Length && part.Dims.With(along, 1).Equals(from.Dims.With(along, 1)), v, $"joins {from} and {part}");
            Is(v, from.Batched, dims.Select((d, i) => i == along ? v.Operands.Sum(o => o.Extent.Dims[i]) : d));
        }
        else if (v.Data is PadInfo pad)
        {
            Require(pad.Axis >= 0 && pad.Axis < dims.Length && v.Extent.Dims.Rank == dims.Length && pad.Start >= 0 && pad.Start + dims[pad.Axis] <= v.Extent.Dims[pad.Axis], v, "pads outside");
            Is(v, from.Batched, dims.Select((d, i) => i == pad.Axis ? v.Extent.Dims[i] : d));
        }
        else Broadcast(v, dims);
    }

    static void Product(Value v)
    {
        Extent a = v.Operands[0].Extent, b = v.Operands[1].Extent;
        Require(v.Data is bool && a.Dims.Rank > 0 && b.Dims.Rank > 0, v, "multiplies no matrices");
        if ((bool)v.Data!)
        {
            Require(a.Batched == b.Batched && a.Dims.Dims.SkipLast(1).SequenceEqual(b.Dims.Dims.SkipLast(1)), v, $"sums over the rows of {a} and {b}");
            Is(v, false, [a.Dims.Dims[^1], b.Dims.Dims[^1]]);
            return;
        }
        Require(!b.Batched && b.Dims.Rank == 2 && a.Dims.Dims[^1] == b.Dims[0], v, $"multiplies {a} by {b}");
        Is(v, a.Batched, [.. a.Dims.Dims.SkipLast(1), b.Dims[1]]);
    }

    static void Products(Value v)
    {
        Extent a = v.Operands[0].Extent, b = v.Operands[1].Extent;
        var (rank, transposed) = (a.Dims.Rank, v.Data is true);
        Require(v.Data is bool && rank >= 2 && b.Dims.Rank == rank && a.Batched == b.Batched && a.Dims.Dims.SkipLast(2).SequenceEqual(b.Dims.Dims.SkipLast(2)), v, $"multiplies no pairs of matrices, {a} by {b}");
        Require(a.Dims[rank - (transposed ? 2 : 1)] == b.Dims[rank - 2], v, $"multiplies {a} by {b}");
        Is(v, a.Batched, [.. a.Dims.Dims.SkipLast(2), a.Dims[rank - (transposed ? 1 : 2)], b.Columns]);
    }

    static void Broadcast(Value v, int[] dims)
    {
        Require(v.Data is BroadcastInfo { Axes: var axes } && axes.Count == dims.Length && axes.Distinct().Count() == dims.Length, v, "repeats no dimensions");
        var places = ((BroadcastInfo)v.Data!).Axes;
        for (var i = 0; i < dims.Length; i++)
            Require(places[i] >= 0 && places[i] < v.Extent.Dims.Rank && v.Extent.Dims[places[i]] == dims[i], v, $"puts dimension {i} of {v.Operands[0].Extent} where it does not fit");
        Require(!v.Operands[0].Extent.Batched || v.Extent.Batched, v, "forgets the examples");
    }

    static void Is(Value v, bool batched, IEnumerable<int> dims) =>
        Require(v.Extent.Batched == batched && v.Extent.Dims.Dims.SequenceEqual(dims), v, $"should be {new Extent(batched, new([.. dims]))}");

    static void Require(bool holds, Value v, string what)
    {
        if (!holds) throw new MismatchException($"{v} {what}");
    }
}
