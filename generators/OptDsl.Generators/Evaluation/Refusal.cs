using System;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>Ends an evaluation: with a diagnostic, or without one where the C# compiler reports the mistake itself.</summary>
internal sealed class Refusal(DiagnosticInfo? problem, SyntaxNode? at = null) : Exception(problem?.ToString())
{
    public DiagnosticInfo? Problem { get; } = problem;

    /// <summary>The code that is refused; null where the C# compiler says what is wrong.</summary>
    public SyntaxNode? At { get; } = at;

    public static Refusal Silent() => new(null);

    public static Refusal Because(DiagnosticDescriptor descriptor, SyntaxNode at, params string[] arguments) =>
        new(DiagnosticInfo.Of(descriptor, Places.Use(at), arguments), at);

    /// <summary>What has no value while the project is being built.</summary>
    public static Refusal NotKnown(SyntaxNode at, string construct, string instead) => Because(Descriptors.NotKnown, at, construct, instead);

    public static Refusal Throws(SyntaxNode at, string exception, string message) => Because(Descriptors.Throws, at, exception, message);
}
