using System;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Within a loop: which values are one per row, and in which pass over the row each is computed.</summary>
internal static class Phases
{
    public static void Assign(LoopKernel loop)
    {
        foreach (var v in loop.Values)
        {
            var reduces = v.Op == Primitive.Sum || v.Op == Primitive.Max;
            if (reduces || v.Op == Primitive.BatchSum || v.Extent.Equals(loop.Rows)) loop.Narrow.Add(v);
            // What needs no pass over the row is known before the first.
            var first = loop.Narrow.Contains(v) && !(v.Op == Primitive.Sum || v.Op == Primitive.Max) ? -1 : 0;
            loop.Phase[v] = v.Operands.SelectMany(o => Lifetimes.Sources(loop.Values.Contains, o)).Select(o => Needed(loop, v, o)).DefaultIfEmpty(first).Max(p => Math.Max(p, first));
        }
    }

    /// <summary>A reduction is known after its phase, so wide values that use it wait for the next; narrow ones follow it at once.</summary>
    static int Needed(LoopKernel loop, Value user, Value operand)
    {
        if (!loop.Phase.TryGetValue(operand, out var phase)) return -1;
        var userIsWide = !loop.Narrow.Contains(user) || user.Op == Primitive.Sum || user.Op == Primitive.Max;
        return loop.Narrow.Contains(operand) && userIsWide ? phase + 1 : phase;
    }
}
