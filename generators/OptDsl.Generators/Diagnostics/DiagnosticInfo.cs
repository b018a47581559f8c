using Microsoft.CodeAnalysis;

namespace OptDsl.Generators;

/// <summary>A diagnostic as plain values; its message is complete.</summary>
internal sealed record DiagnosticInfo(string Code, LocationInfo Location, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Of(DiagnosticDescriptor descriptor, LocationInfo location, params string[] arguments) =>
        new(descriptor.Id, location, new(arguments));

    public Diagnostic In(Compilation compilation) =>
        Diagnostic.Create(Descriptors.ByCode[Code], Location.In(compilation), [.. Arguments]);
}
