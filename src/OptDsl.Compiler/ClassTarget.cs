using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// The class that receives a learner: its namespace, the headers of the types around it (outermost first, as
/// <c>partial class Outer&lt;T&gt;</c>), its name as written in code, and <c>class</c> or <c>record</c>.
/// </summary>
internal sealed record ClassTarget(string? Namespace, IReadOnlyList<string> Outer, string Name, string Declaration, Precision Precision)
{
    public bool Equals(ClassTarget? other) => other is not null
        && (Namespace, Name, Declaration, Precision) == (other.Namespace, other.Name, other.Declaration, other.Precision)
        && Outer.SequenceEqual(other.Outer, StringComparer.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Namespace + "." + Name) * 31 + Outer.Count;
}
