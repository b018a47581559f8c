using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>The class that the learner becomes part of: where it stands and how its header is written.</summary>
/// <param name="Namespace">Null in the global namespace.</param>
/// <param name="Outer">Headers of the containing types, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Name">The identifier as written, with type parameters.</param>
/// <param name="Declaration"><c>class</c> or <c>record</c>.</param>
/// <param name="Precision">The number type.</param>
internal sealed record ClassTarget(string? Namespace, IReadOnlyList<string> Outer, string Name, string Declaration, Precision Precision)
{
    public bool Equals(ClassTarget? other) => other is not null && Namespace == other.Namespace && Name == other.Name
        && Declaration == other.Declaration && Precision == other.Precision && Outer.SequenceEqual(other.Outer);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}
