using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A condition that is known at the head of a method, and which way it must go.</summary>
internal readonly record struct Guard(Value Condition, bool Holds);

/// <summary>
/// Which kernels a step leaves out. Where(c, a, b) needs a only if c holds and b only if not; where c is a uniform, what only such
/// branches need is computed under the guards that all who need it share. Else its memory holds what was there, and no choice takes that.
/// </summary>
internal static class Guards
{
    /// <summary>The guards of each kernel, all of which must hold; none where it always runs.</summary>
    public static IReadOnlyList<IReadOnlyList<Guard>> Of(Program program)
    {
        var roots = program.Writes.Select(w => w.Value).ToList();
        if (program.Loss is { } loss) roots.Add(loss);
        var guards = roots.Distinct().ToDictionary(r => r, _ => new HashSet<Guard>());
        foreach (var user in Graph.Order(roots).Reverse())
            for (var i = 0; i < user.Operands.Count; i++)
            {
                var needed = guards[user].Concat(Branch(user, i));
                if (guards.TryGetValue(user.Operands[i], out var before)) before.IntersectWith(needed);
                else guards[user.Operands[i]] = [.. needed];
            }
        return [.. program.Kernels.Select(k => Shared([.. k.Values.Select(v => guards.TryGetValue(v, out var own) ? own : [])]))];
    }

    static IReadOnlyList<Guard> Shared(IReadOnlyList<HashSet<Guard>> all) =>
        [.. all.Skip(1).Aggregate(all[0].AsEnumerable(), (shared, own) => shared.Where(own.Contains)).OrderBy(g => g.Condition.Id).ThenBy(g => g.Holds)];

    static IEnumerable<Guard> Branch(Value user, int operand) =>
        user.Op == Primitive.Where && operand > 0 && user.Operands[0].Uniform is { } condition ? [new(condition, operand == 1)] : [];
}
