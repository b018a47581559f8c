using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>So many examples at a time: kernels From … To − 1 run for each part of the batch, those before once at its head, those behind once at its end.</summary>
internal sealed record Part(int Examples, int From, int To);

/// <summary>
/// A step that goes through its batch in parts, so that what lies between its kernels stays in a cache. Sums over the examples go on from one part to the next in
/// the order that they have anyway: the same bits.
/// </summary>
internal static class Parts
{
    /// <summary>The program with its kernels in that order, or null where one example needs something of all.</summary>
    public static Program? Of(Program program, int examples)
    {
        var inside = program.Kernels.Where(IsPerExample).ToList();
        if (inside.Count == 0 || !inside.SelectMany(k => k.Values).All(GoesOn) || Graph.Order(inside.SelectMany(k => k.Values)).Any(IsPlaceBound)) return null;
        if (program.Loss is { } loss && program.IsPlaced(loss) && IsPerExample(program.Kernels[program.Home(loss)])) return null;
        // What the parts read must be there before the first: made of parameters and slots alone.
        var head = new HashSet<Kernel>();
        var waiting = new Queue<Kernel>(inside);
        while (waiting.Count > 0)
        {
            var reader = waiting.Dequeue();
            foreach (var source in Sources(program, reader).Where(s => !s.Extent.Batched && program.IsPlaced(s)))
            {
                var kernel = program.Kernels[program.Home(source)];
                if (kernel == reader) continue;
                if (IsPerExample(kernel) || kernel.Values.Any(v => program.Overwrites(v).Any())) return null;
                if (head.Add(kernel)) waiting.Enqueue(kernel);
            }
        }
        var tail = program.Kernels.Where(k => !head.Contains(k) && !IsPerExample(k));
        return new(program.Name, [.. program.Kernels.Where(head.Contains), .. inside, .. tail], program.Writes, program.Loss) { Part = new(examples, head.Count, head.Count + inside.Count) };
    }

    static bool IsPerExample(Kernel kernel) => kernel.Values.Any(v => v.Extent.Batched || v.Operands.Any(o => o.Extent.Batched));

    /// <summary>What an example is alone, or a sum over examples that can go on.</summary>
    static bool GoesOn(Value v) =>
        v.Extent.Batched || v.Op == Primitive.BatchSum || v.Op == Primitive.ScatterAdd || (v.Op == Primitive.MatMul && (bool)v.Data!);

    /// <summary>Random numbers know an example's place in the whole batch, and that in a part is another.</summary>
    static bool IsPlaceBound(Value v) => v.Op == Primitive.Row || v.Op == Primitive.Random;

    static IEnumerable<Value> Sources(Program program, Kernel kernel) =>
        kernel.Values.SelectMany(v => v.Operands).SelectMany(o => Lifetimes.Sources(program.IsPlaced, o)).Distinct();
}
