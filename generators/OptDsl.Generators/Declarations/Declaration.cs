using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Compiler;

namespace OptDsl.Generators;

/// <summary>
/// What one <c>[Compile]</c> says, without anything of the compilation that it came from: the learner to write, or none;
/// what there is to report; and the places that a report about the learner may need (its <see cref="Problem"/> says which).
/// </summary>
internal sealed record Declaration(LearnerRequest? Request, EquatableArray<DiagnosticInfo> Diagnostics, EquatableArray<LocationInfo> Places)
{
    public ImmutableArray<LearnerRequest> Requests => Request is null ? [] : [Request];
}

/// <summary>
/// A model (compared by its canonical text), the class that receives its learner, and the members already there. Without a
/// model, because of an error that somebody reports, the class receives members that stand in.
/// </summary>
internal sealed record LearnerRequest(Model? Model, ClassTarget Class, string HintName, EquatableArray<Member> Members);

/// <summary>A member's name, with its number of parameters if it is a method.</summary>
internal sealed record Member(string Name, int? Arity);

/// <summary>A written learner or its stand-in, or the problems that its writing met.</summary>
internal sealed record Learner(string HintName, string? Source, EquatableArray<Problem> Problems);

/// <summary>A diagnostic about a learner: its place is the declaration's n-th.</summary>
internal sealed record Problem(string Code, int Place, EquatableArray<string> Arguments)
{
    public static Problem Of(DiagnosticDescriptor descriptor, int place, params string[] arguments) => new(descriptor.Id, place, new(arguments));
}
