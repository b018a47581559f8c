using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Which values of a program need memory, and from which kernel to which.</summary>
internal static class Lifetimes
{
    public static Dictionary<Value, (int From, int To)> Of(Program program)
    {
        var home = new Dictionary<Value, int>();
        for (var i = 0; i < program.Kernels.Count; i++)
            foreach (var value in program.Kernels[i].Values) home[value] = i;
        var lives = new Dictionary<Value, (int From, int To)>();
        for (var i = 0; i < program.Kernels.Count; i++)
            foreach (var user in program.Kernels[i].Values)
                foreach (var source in user.Operands.SelectMany(o => Sources(home.ContainsKey, o)))
                    if (home.TryGetValue(source, out var made) && (made != i || IsReloaded(program.Kernels[i], source, user)))
                        lives[source] = (made, lives.TryGetValue(source, out var life) && life.To > i ? life.To : i);
        foreach (var value in program.Writes.Select(w => w.Value).Concat(program.Loss is null ? [] : [program.Loss]))
            if (home.TryGetValue(value, out var made) && (lives.ContainsKey(value) || value == program.Loss || program.Writes.Any(w => w.Value == value && !IsInPlace(program, w)))) lives[value] = (made, program.Kernels.Count);
        foreach (var kernel in program.Kernels)
            if (kernel is MoveKernel && !lives.ContainsKey(kernel.Values[0])) lives[kernel.Values[0]] = (home[kernel.Values[0]], home[kernel.Values[0]]);
        return lives;
    }

    /// <summary>What an operand is spelled with: what a copy copies and a comparison compares.</summary>
    public static IEnumerable<Value> Sources(Func<Value, bool> isPlaced, Value operand) =>
        isPlaced(operand) || !(operand.Op == Primitive.Broadcast || operand.Op.IsTruth) || operand.IsUniform ? [operand]
        : operand.Operands.SelectMany(o => Sources(isPlaced, o));

    /// <summary>Costly values cross a phase through memory, cheap ones are computed again.</summary>
    static bool IsReloaded(Kernel kernel, Value source, Value user) =>
        kernel is LoopKernel loop && !loop.Narrow.Contains(source) && IsCostly(source) && loop.Phase[user] > loop.Phase[source];

    static bool IsCostly(Value v) => Fuse.IsHeavy(v.Op) || v.Op == Primitive.Divide || v.Op == Primitive.Sqrt;

    /// <summary>
    /// A loop that computes the new value element by element stores it over the old one, unless a later kernel still reads
    /// the old one; then it waits in memory and is copied at the end.
    /// </summary>
    public static bool IsInPlace(Program program, Write write)
    {
        if (program.Name is "Gradient" or "Predict") return false;
        var at = -1;
        for (var i = 0; i < program.Kernels.Count; i++)
            if (program.Kernels[i].Values.Contains(write.Value)) at = program.Kernels[i] is LoopKernel ? i : -1;
        return at >= 0 && !program.Kernels.Skip(at + 1).SelectMany(k => k.Values).Any(v => v.Operands.Any(o => Reads(o, write.Target)));
    }

    static bool Reads(Value operand, string target) =>
        (operand.Data as string == target && (operand.Op == Primitive.Parameter || operand.Op == Primitive.Slot))
        || ((operand.Op == Primitive.Broadcast || operand.Op.IsTruth) && operand.Operands.Any(o => Reads(o, target)));
}
