using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Which values of a program need memory, and from which kernel to which.</summary>
internal static class Lifetimes
{
    public static Dictionary<Value, (int From, int To)> Of(Program program)
    {
        var lives = new Dictionary<Value, (int From, int To)>();
        for (var i = 0; i < program.Kernels.Count; i++)
            foreach (var user in program.Kernels[i].Values)
                foreach (var source in user.Operands.SelectMany(o => Sources(program.IsPlaced, o)))
                    if (program.IsPlaced(source) && (program.Home(source) != i || IsReloaded(program.Kernels[i], source, user)))
                        lives[source] = (program.Home(source), i);
        foreach (var write in program.Writes)
            if (lives.ContainsKey(write.Value) || !program.Overwrites(write.Value).Contains(write.Target)) Keep(write.Value);
        if (program.Loss is { } loss && program.IsPlaced(loss)) Keep(loss);
        for (var i = 0; i < program.Kernels.Count; i++)
            if (program.Kernels[i] is MoveKernel { Value: var moved } && !lives.ContainsKey(moved)) lives[moved] = (i, i);
        if (program.Part is { } part)
            foreach (var (value, life) in lives.Select(l => (l.Key, l.Value)).ToList())
                lives[value] = Repeated(program, part, value, life.From, life.To);
        return lives;

        void Keep(Value value) => lives[value] = (program.Home(value), program.Kernels.Count);
    }

    /// <summary>What every part reads lives until the last has run, and a sum over the examples from the first on.</summary>
    static (int From, int To) Repeated(Program program, Part part, Value value, int from, int to) =>
        program.GoesOn(value) ? (part.From, Math.Max(to, part.To - 1))
        : from < part.From && to >= part.From ? (from, Math.Max(to, part.To - 1))
        : (from, to);

    /// <summary>What an operand is spelled with: what a copy copies, a comparison compares, a window of one cell sees, and the parts that a scatter joins.</summary>
    public static IEnumerable<Value> Sources(Func<Value, bool> isPlaced, Value operand)
    {
        // Nearly always the operand or what it copies.
        while (!IsSource(isPlaced, operand) && operand.Operands.Count == 1) operand = operand.Operands[0];
        return IsSource(isPlaced, operand) ? [operand] : Graph.Below(operand, v => IsSource(isPlaced, v) ? [] : v.Operands).Where(v => IsSource(isPlaced, v));
    }

    static bool IsSource(Func<Value, bool> isPlaced, Value v) =>
        isPlaced(v) || !(v.Op == Primitive.Broadcast || v.Op.IsTruth || v.Op == Primitive.Concat || Picks.IsPick(v)) || v.IsUniform;

    /// <summary>Costly values cross a phase through memory, cheap ones are computed again.</summary>
    static bool IsReloaded(Kernel kernel, Value source, Value user) =>
        kernel is LoopKernel loop && !loop.Narrow.Contains(source) && IsCostly(source) && loop.Phase[user] > loop.Phase[source];

    static bool IsCostly(Value v) => Fuse.IsHeavy(v.Op) || v.Op == Primitive.Divide || v.Op == Primitive.Sqrt;
}
