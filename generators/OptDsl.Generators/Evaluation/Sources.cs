using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using OptDsl.Compiler;

namespace OptDsl.Generators.Evaluation;

/// <summary>All code whose source is at hand: that of the compilation, and that which referenced assemblies export.</summary>
internal sealed class Sources(Compilation compilation, IAssemblySymbol language, CancellationToken cancellation)
{
    readonly HashSet<ISymbol> exporting = new(compilation.SourceModule.ReferencedAssemblySymbols.Where(a => ExportedSource.Exists(a, language)), SymbolEqualityComparer.Default);
    readonly Dictionary<ISymbol, ExportedSource> opened = new(SymbolEqualityComparer.Default);
    readonly HashSet<ISymbol> sources = new(SymbolEqualityComparer.Default) { compilation.Assembly };
    readonly Dictionary<ISymbol, ISymbol> homes = new(SymbolEqualityComparer.Default);

    public Compilation Compilation => compilation;

    /// <summary>Whether any referenced assembly exports something.</summary>
    public bool HaveExports => exporting.Count > 0;

    public bool IsSource(ISymbol symbol) => symbol.ContainingAssembly is { } assembly && sources.Contains(assembly);

    public bool IsLanguage(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, language);

    /// <summary>Whether a symbol is of an assembly that exports something, though perhaps not this.</summary>
    public bool IsExporting(ISymbol symbol) => symbol.ContainingAssembly is { } assembly && exporting.Contains(assembly);

    public bool IsOwn(SyntaxTree tree) => compilation.ContainsSyntaxTree(tree);

    public SemanticModel Model(SyntaxTree tree) => (ExporterOf(tree)?.Compilation ?? compilation).GetSemanticModel(tree);

    /// <summary>The assembly that exports a tree; null for the project's own.</summary>
    public ExportedSource? ExporterOf(SyntaxTree tree) => opened.Values.FirstOrDefault(e => e.Compilation?.ContainsSyntaxTree(tree) is true);

    /// <summary>
    /// A type or member as its source declares it, if an assembly exports that source. A type that is not there stays as it is; a
    /// member that is not exported is refused, even if its file happens to travel.
    /// </summary>
    public T Home<T>(T definition, SyntaxNode at)
        where T : ISymbol
    {
        if (!IsExporting(definition)) return definition;
        if (homes.TryGetValue(definition, out var home)) return (T)home;
        if (definition is not ITypeSymbol && !IsExported(definition)) throw Evaluator.Outside(definition, at);
        var assembly = definition.ContainingAssembly;
        var source = Open(assembly);
        if (!source.IsCurrent) throw Refused(Descriptors.ExportVersion, source.Version, ModelCompiler.Version);
        if (source.Compilation is null) throw Refused(Descriptors.ExportBroken, "it is written in a newer C# than this compiler knows");
        var found = source.Find(definition);
        if (found is null && definition is not ITypeSymbol) throw Refused(Descriptors.ExportBroken, "it is not there");
        return (T)(homes[definition] = found ?? definition);

        Refusal Refused(DiagnosticDescriptor descriptor, params string[] more) =>
            Refusal.Because(descriptor, at, [Evaluator.Name(definition), assembly.Name, .. more]);
    }

    ExportedSource Open(IAssemblySymbol assembly)
    {
        if (opened.TryGetValue(assembly, out var source)) return source;
        opened[assembly] = source = ExportedSource.Of(assembly, compilation, language, cancellation);
        if (source.Compilation is { } code) sources.Add(code.Assembly);
        return source;
    }

    /// <summary>Whether the member, its property, or a type around it carries <c>[Export]</c>.</summary>
    bool IsExported(ISymbol member)
    {
        for (var level = (member as IMethodSymbol)?.AssociatedSymbol ?? member; level is not null; level = level.ContainingType)
            if (level.GetAttributes().Any(a => a.AttributeClass is { Name: nameof(ExportAttribute) } type && IsLanguage(type))) return true;
        return false;
    }
}
