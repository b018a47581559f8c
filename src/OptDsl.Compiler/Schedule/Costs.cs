using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>What a kernel computes and moves in a step: a part that is always there, and one for each example.</summary>
internal sealed record Cost(string Name, long Flops, long FlopsPerExample, long Bytes, long BytesPerExample);

/// <summary>What a program needs for a while: bytes, of each example where batched, from which kernel to which.</summary>
internal sealed record Need(string Name, long Bytes, bool Batched, int From, int To);

/// <summary>
/// The cost of every kernel of a program. An arithmetic operation on an element is a FLOP, whatever it is, and a fused multiply-add two; choices and copies are
/// none. Every array is read once and written once, with its padding: what a cache must deliver at least.
/// </summary>
internal sealed class Costs(Plan plan, Program program, int elementSize)
{
    public IEnumerable<Cost> Kernels => program.Kernels.Select(Of);

    /// <summary>In order of the first use; a reshape that moves nothing lies where its operand does.</summary>
    public IEnumerable<Need> Buffers =>
        from need in Lifetimes.Of(program)
        group need by plan.Of(program, need.Key)!.Name into same
        let value = same.First().Key
        let memory = Memory(value)
        orderby same.Min(n => n.Value.From), value.Id
        select new Need(same.Key, memory.Size, memory.Batched, same.Min(n => n.Value.From), System.Math.Min(same.Max(n => n.Value.To), program.Kernels.Count - 1));

    Cost Of(Kernel kernel)
    {
        long flops = 0, flopsPerExample = 0, bytes = 0, bytesPerExample = 0;
        if (kernel is MoveKernel { Value: var moved } && IsView(moved)) return new(Name(kernel), 0, 0, 0, 0);
        foreach (var v in kernel.Values)
        {
            var (work, batched) = Flops(v);
            if (batched) flopsPerExample += work;
            else flops += work;
        }
        foreach (var (size, batched) in Reads(kernel).Concat(Writes(kernel)))
            if (batched) bytesPerExample += size;
            else bytes += size;
        // What every part reads and adds to anew, by the example.
        if (program.Part is { } part && program.Home(kernel.Values[0]) is var at && part.From <= at && at < part.To) (bytes, bytesPerExample) = (0, bytesPerExample + bytes / part.Examples);
        return new(Name(kernel), flops, flopsPerExample, bytes, bytesPerExample);
    }

    /// <summary>The operations of a value, of each example where batched.</summary>
    public static (long Flops, bool Batched) Flops(Value v)
    {
        if (v.IsUniform) return (0, false);
        var x = v.Operands.Count > 0 ? v.Operands[0].Extent : v.Extent;
        var batched = x.Batched || v.Extent.Batched;
        long rows = v.Extent.Dims.Size;
        return v.Op.Name switch
        {
            "matmul" => (2 * x.Dims.Size * v.Operands[1].Extent.Columns, batched),
            "batchMatmul" => (2 * rows * ((bool)v.Data! ? x.Dims[x.Dims.Rank - 2] : x.Columns), batched),
            "fold" when Picks.IsScatter(v) => (0, batched),
            "sum" or "max" or "batchSum" or "fold" => (x.Dims.Size, batched),
            "scatterAdd" => (v.Operands[1].Extent.Dims.Size, batched),
            "orthonormalize" => (2 * x.Dims.Size * x.Columns, batched),
            "fma" => (2 * rows, batched),
            _ => (v.Op.Kind == PrimitiveKind.Elementwise && !v.Op.IsTruth && v.Op != Primitive.Where ? rows : 0, batched),
        };
    }

    IEnumerable<(long Size, bool Batched)> Reads(Kernel kernel) =>
        kernel.Values.SelectMany(v => v.Operands).SelectMany(o => Lifetimes.Sources(program.IsPlaced, o)).Distinct()
            .Where(s => !kernel.Values.Contains(s) && (s.Op == Primitive.Input || plan.Of(program, s) is not null)).Select(Memory);

    IEnumerable<(long Size, bool Batched)> Writes(Kernel kernel) =>
        kernel.Values.SelectMany(v => Enumerable.Repeat(v, (plan.Of(program, v) is null ? 0 : 1) + program.Overwrites(v).Count())).Select(Memory);

    (long Size, bool Batched) Memory(Value v) =>
        v.Op == Primitive.Input && !plan.IsStaged(v)
            ? (v.Extent.Dims.Size * (v.Element == Element.Integer ? sizeof(int) : elementSize), true)
            : (plan.Storage.Size(v) * elementSize, v.Extent.Batched);

    bool IsView(Value v) => v.Op == Primitive.Reshape && plan.Of(program, v) == plan.Of(program, v.Operands[0]);

    /// <summary>What it is, and of what: the names of the generated code.</summary>
    string Name(Kernel kernel)
    {
        var updated = kernel.Values.SelectMany(program.Overwrites).Distinct().ToList();
        if (updated.Count > 0) return (kernel is ProductKernel ? "product and update " : "update ") + string.Join(", ", updated.Where(u => !u.Contains('/')).DefaultIfEmpty(updated[0]));
        var stored = kernel.Values.Select(v => plan.Of(program, v)?.Name).OfType<string>().Distinct();
        return (kernel is ProductKernel ? "product" : kernel is MoveKernel move ? move.Value.Op.Name : "loop") + " " + string.Join(", ", stored);
    }
}
