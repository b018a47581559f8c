using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Model → graph: the batch becomes explicit, broadcasts too, markers go, the loss becomes the mean over the examples.</summary>
internal sealed class Lower
{
    readonly Dictionary<Expr, Value> made = [];
    readonly GraphBuilder build;
    readonly Naming naming;
    readonly bool learns;

    Lower(GraphBuilder build, Naming naming, bool learns) => (this.build, this.naming, this.learns) = (build, naming, learns);

    public static Graph Run(Model model) => Run(model, Differentiate.Run);

    /// <summary>The same with other gradients.</summary>
    public static Graph Run(Model model, Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> differentiate) => new Lower(new(), model.Naming, learns: true).Lowered(model, differentiate);

    Graph Lowered(Model model, Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> differentiate)
    {
        var loss = Mean(Value(model.Loss));
        // What does not ask whether a step learns is the same value in both.
        var quiet = new Lower(build, naming, learns: false);
        var evaluated = quiet.Mean(quiet.Value(model.Loss));
        var parameters = model.Trained.Select(p => Value(p.Value)).ToArray();
        var gradients = differentiate(build, loss, parameters);
        for (var i = 0; i < gradients.Length; i++) made[model.Updates[i].Gradient] = gradients[i];
        made[Dsl.Loss] = loss;
        var stored = new List<Stored>();
        for (var i = 0; i < parameters.Length; i++)
        {
            var update = model.Updates[i];
            var next = model.Tracked.TryGetValue(update.Parameter.Value, out var tracked) ? Value(tracked)
                : build.Subtract(parameters[i], Broadcast(Value(update.Step), parameters[i].Extent));
            stored.Add(new(update.Parameter.Path, parameters[i], null, next, false));
            foreach (var slot in update.Slots)
            {
                var leaf = Value(slot.Leaf);
                var kept = Broadcast(Value(slot.Next), leaf.Extent);
                // What a rule only keeps, its starting point say, is not written again.
                stored.Add(new(slot.Name, leaf, Broadcast(Value(slot.Start), leaf.Extent), kept == leaf ? leaf : Flush(kept), true));
            }
        }
        // All m, then all v: slots of one kind lie side by side, as the parameters do.
        return new(new(
            loss,
            evaluated,
            [.. naming.Outputs.Select(o => (naming[o], PerExample(quiet.Value(o.Operands[1]))))],
            [.. model.Trained.Select((p, i) => (p.Path, gradients[i]))],
            [.. stored.OrderBy(s => s.IsSlot).ThenBy(s => s.IsSlot ? s.Name.Substring(s.Name.LastIndexOf('/')) : "", System.StringComparer.Ordinal)])
        {
            Hypers = [.. model.Hypers.Select(Value)],
            Budget = model.Budget,
        });
    }

    /// <summary>The loss of a batch is the mean over its examples.</summary>
    Value Mean(Value loss) => loss.Extent.Batched ? build.Divide(build.BatchSum(loss), build.Leaf(Primitive.Examples, null, Extent.Scalar)) : loss;

    /// <summary>Predict answers for every example, also where the answer is the same for all.</summary>
    Value PerExample(Value output) => Broadcast(output, new(true, output.Extent.Dims));

    /// <summary>A slot below 1e-30 is stored as 0 (NaN stays): subnormals would never vanish and make every step slower.</summary>
    Value Flush(Value next) => build.Where(
        build.Elementwise(Primitive.Less, build.Elementwise(Primitive.Abs, next), build.Constant(1e-30, next.Extent)),
        build.Constant(0, next.Extent), next);

    Value Value(Expr root)
    {
        foreach (var node in Dag.PostOrder(root))
            if (!made.ContainsKey(node)) made[node] = Make(node);
        return made[root];
    }

    Value Make(Expr e)
    {
        var x = e.Operands.Select(o => made[o]).ToArray();
        var extent = new Extent(e.Batched, e.Shape);
        if (e.Op.Kind == PrimitiveKind.Elementwise) return build.Elementwise(e.Op, [.. x.Select(o => Broadcast(o, extent))]);
        if (e.Op == Primitive.Input || e.Op == Primitive.Parameter) return build.Leaf(e.Op, naming[e], extent, e.Element);
        if (e.Op == Primitive.Labels) return build.Leaf(Primitive.Input, naming[e.Operands[0]], extent, Element.Integer);
        if (e.Op == Primitive.Stream) return build.Constant(Stream((string?)e.Data ?? naming[e]));
        if (e.Op == Primitive.Learning) return build.Constant(learns ? 1 : 0);
        if (e.Op.Kind == PrimitiveKind.Leaf) return build.Leaf(e.Op, e.Data, extent, e.Element);
        if (e.Op == Primitive.StopGradient) return build.StopGradient(x[0]);
        if (e.Op.Kind == PrimitiveKind.Marker) return x[0];
        if (e.Op == Primitive.MatMul) return build.MatMul(x[0], x[1]);
        if (e.Op == Primitive.BatchMatMul) return build.BatchMatMul(Matrices(x[0], extent, e.Operands[0].Shape), Matrices(x[1], extent, e.Operands[1].Shape));
        if (e.Op == Primitive.Transpose) return e.Data is OrderInfo order ? build.Permute(x[0], order.Axes) : build.Transpose(x[0]);
        if (e.Data is ConcatInfo concat) return build.Concat(concat.Axis, Repeated(x[0], e.Batched), Repeated(x[1], e.Batched));
        if (e.Op == Primitive.Gather) return build.Gather(x[0], x[1]);
        if (e.Data is WindowInfo window) return e.Op == Primitive.Unfold ? build.Unfold(x[0], window) : build.Fold(x[0], window);
        if (e.Data is PadInfo pad) return build.Pad(x[0], pad.Axis, pad.Start, e.Shape[pad.Axis]);
        if (e.Op == Primitive.Orthonormalize) return build.Orthonormalize(x[0]);
        if (e.Op == Primitive.Hyper) return build.Hyper(x[0], (string)e.Data!);
        if (e.Op == Primitive.BatchSum) return build.BatchSum(x[0]);
        if (e.Op == Primitive.Reshape) return build.Reshape(x[0], e.Shape);
        if (e.Data is SliceInfo slice) return build.Slice(x[0], slice);
        var axis = (AxisInfo)e.Data!;
        return build.Reshape(build.Reduce(e.Op, x[0], axis.Axis), e.Shape);
    }

    /// <summary>The same for every example.</summary>
    Value Repeated(Value x, bool batched) => Broadcast(x, new(batched, x.Extent.Dims));

    /// <summary>An operand with a matrix for each one of the product.</summary>
    Value Matrices(Value x, Extent product, Shape shape) =>
        Broadcast(x, new(product.Batched, new([.. product.Dims.Leading(2).Dims, shape[shape.Rank - 2], shape.Last])));

    /// <summary>The number of a stream: 49 bits, which print as an integer, of the FNV-1a hash of its path. http://www.isthe.com/chongo/tech/comp/fnv/</summary>
    static double Stream(string path) => path.Aggregate(0xcbf29ce484222325, (hash, c) => unchecked((hash ^ c) * 0x100000001b3)) >> 15;

    /// <summary>Dimensions of size 1 that grow are squeezed out first, so a broadcast only ever adds dimensions.</summary>
    Value Broadcast(Value x, Extent extent)
    {
        if (x.Extent.Equals(extent)) return x;
        int offset = extent.Dims.Rank - x.Extent.Dims.Rank;
        var kept = Enumerable.Range(0, x.Extent.Dims.Rank).Where(i => x.Extent.Dims[i] == extent.Dims[i + offset]).ToArray();
        var squeezed = build.Reshape(x, new([.. kept.Select(i => x.Extent.Dims[i])]));
        return build.Broadcast(squeezed, extent, [.. kept.Select(i => i + offset)]);
    }
}
