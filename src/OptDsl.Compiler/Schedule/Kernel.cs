using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A piece of the schedule: the values that one loop nest computes.</summary>
internal abstract class Kernel
{
    /// <summary>In order of computation.</summary>
    public List<Value> Values { get; } = [];

    public override string ToString() => GetType().Name.Replace("Kernel", "").ToLowerInvariant() + " " + string.Join(" ", Values.Select(v => "%" + Text.Number(v.Id)));
}

/// <summary>A matrix product, then what is done to each element while it is still in a register.</summary>
internal sealed class ProductKernel : Kernel
{
    public Value Product => Values[0];

    public IEnumerable<Value> Epilogue => Values.Skip(1);
}

/// <summary>
/// One walk over rows × columns. A value is wide (an element per row and column) or narrow (one per row). Reductions along
/// the columns split the walk over a row into phases.
/// </summary>
internal sealed class LoopKernel(Extent rows) : Kernel
{
    public Extent Rows { get; } = rows;

    /// <summary>0 while there are only narrow values.</summary>
    public int Columns { get; set; }

    public HashSet<Value> Narrow { get; } = [];

    /// <summary>The phase that computes each value.</summary>
    public Dictionary<Value, int> Phase { get; } = [];
}

/// <summary>One structural operation that moves or adds up memory: a transpose, a sum down the rows, a slice, a basis.</summary>
internal sealed class MoveKernel : Kernel
{
    public Value Value => Values[0];
}

/// <summary>A write to what outlives the step: a parameter, a slot, a gradient, an output.</summary>
internal sealed record Write(string Target, Value Value);

/// <summary>What one method of the learner does: kernels in order, and where their results go.</summary>
internal sealed class Program
{
    readonly Dictionary<Value, int> home = [];
    readonly ILookup<Value, string> overwrites;

    public Program(string name, IReadOnlyList<Kernel> kernels, IReadOnlyList<Write> writes, Value? loss)
    {
        (Name, Kernels, Writes, Loss) = (name, kernels, writes, loss);
        var lastReader = new Dictionary<string, int>();
        for (var i = 0; i < kernels.Count; i++)
            foreach (var value in kernels[i].Values)
            {
                home[value] = i;
                foreach (var leaf in value.Operands.SelectMany(o => Lifetimes.Sources(IsPlaced, o)))
                    if (IsLeaf(leaf)) lastReader[(string)leaf.Data!] = i;
            }
        // What a write copies as it is, is read at the end.
        foreach (var write in writes) if (IsLeaf(write.Value)) lastReader[(string)write.Value.Data!] = kernels.Count;
        overwrites = writes
            .Where(w => name is "Learn" or "Start" && home.TryGetValue(w.Value, out var at) && IsByElement(kernels[at], w)
                && (!lastReader.TryGetValue(w.Target, out var last) || last <= at)
                && (loss is null || !home.TryGetValue(loss, out var checkedAt) || at > checkedAt))
            .ToLookup(w => w.Value, w => w.Target);
    }

    public string Name { get; }

    public IReadOnlyList<Kernel> Kernels { get; }

    public IReadOnlyList<Write> Writes { get; }

    public Value? Loss { get; }

    /// <summary>How many examples the kernels of the middle take at a time; null where all take the batch at once.</summary>
    public Part? Part { get; init; }

    /// <summary>A sum over the examples that goes on from part to part.</summary>
    public bool GoesOn(Value value) => Part is { } part && !value.Extent.Batched && IsPlaced(value) && Home(value) is var at && part.From <= at && at < part.To;

    public bool IsPlaced(Value value) => home.ContainsKey(value);

    /// <summary>The kernel that computes a value.</summary>
    public int Home(Value value) => home[value];

    /// <summary>
    /// The parameters and slots that a loop or an epilogue stores this new value over, element by element. Where a later kernel still reads
    /// the old one, or the loss is not yet known to be a number, the new one waits in memory and is copied at the end; so do numbers per row, since a
    /// later row may read those of all, and what is put on pixels here and there.
    /// </summary>
    public IEnumerable<string> Overwrites(Value value) => overwrites[value];

    /// <summary>A parameter or slot as it was before the step.</summary>
    public static bool IsLeaf(Value value) => value.Op == Primitive.Parameter || value.Op == Primitive.Slot;

    static bool IsByElement(Kernel kernel, Write write) => kernel switch
    {
        LoopKernel loop => loop.Rows.Dims.Rank == 0 || !(loop.Narrow.Contains(write.Value) || write.Value.Op == Primitive.Fold),
        // A product reads its operands as long as it runs.
        ProductKernel product => product.Epilogue.Contains(write.Value) && !product.Product.Operands.Any(o => write.Target.Equals(o.Data)),
        _ => false,
    };

    public override string ToString() => Name + "\n" + string.Concat(Kernels.Select(k => "  " + k + "\n"));
}
