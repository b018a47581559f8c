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

/// <summary>One structural operation that moves or adds up memory: a transpose, a sum down the rows, a slice.</summary>
internal sealed class MoveKernel : Kernel
{
    public Value Value => Values[0];
}

/// <summary>A write to what outlives the step: a parameter, a slot, a gradient, an output.</summary>
internal sealed record Write(string Target, Value Value);

/// <summary>What one method of the learner does: kernels in order, and where their results go.</summary>
internal sealed record Program(string Name, IReadOnlyList<Kernel> Kernels, IReadOnlyList<Write> Writes, Value? Loss)
{
    public override string ToString() => Name + "\n" + string.Concat(Kernels.Select(k => "  " + k + "\n"));
}
