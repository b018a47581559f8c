using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Compiler;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// The source that a referenced assembly exports, bound against what the user's project references, except the assembly itself
/// and what depends on it. So all types but those of the source are the same symbols on both sides.
/// </summary>
internal sealed class ExportedSource
{
    // An assembly keeps its symbol from edit to edit, so its source is parsed once and not at each key.
    static readonly ConditionalWeakTable<IAssemblySymbol, ExportedSource> opened = new();

    readonly MetadataReference[] seen;

    ExportedSource(IAssemblySymbol assembly, string version, MetadataReference[] seen, CSharpCompilation? compilation) =>
        (Assembly, Version, this.seen, Compilation) = (assembly, version, seen, compilation);

    /// <summary>The assembly as it is referenced.</summary>
    public IAssemblySymbol Assembly { get; }

    /// <summary>The version of the language that the source is written in.</summary>
    public string Version { get; }

    /// <summary>The source, bound; null where it is written in a C# that this compiler does not know, or for another language.</summary>
    public CSharpCompilation? Compilation { get; }

    /// <summary>Whether the source is written in the language that this generator knows: the same major and minor number.</summary>
    public bool IsCurrent => Series(Version) == Series(ModelCompiler.Version);

    /// <summary>Whether an assembly exports anything.</summary>
    public static bool Exists(IAssemblySymbol assembly, IAssemblySymbol language) =>
        assembly.Modules.SelectMany(m => m.ReferencedAssemblySymbols).Contains(language, SymbolEqualityComparer.Default) && Attributes(assembly, language).Any();

    /// <summary>The source that an assembly exports.</summary>
    public static ExportedSource Of(IAssemblySymbol assembly, Compilation user, IAssemblySymbol language, CancellationToken cancellation)
    {
        if (opened.TryGetValue(assembly, out var known) && known.seen.SequenceEqual(user.References)) return known;
        var source = Open(assembly, user, language, cancellation);
        opened.Remove(assembly);
        return opened.GetValue(assembly, _ => source);
    }

    static IEnumerable<AttributeData> Attributes(IAssemblySymbol assembly, IAssemblySymbol language) => assembly.GetAttributes()
        .Where(a => a.AttributeClass is { Name: nameof(ExportedAttribute) } type && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, language));

    static ExportedSource Open(IAssemblySymbol assembly, Compilation user, IAssemblySymbol language, CancellationToken cancellation)
    {
        MetadataReference[] seen = [.. user.References];
        var files = Attributes(assembly, language).Select(a => a.ConstructorArguments.Select(c => c.Value as string ?? "").ToArray()).ToArray();
        // Of another version not even the arguments need be those of today.
        var version = files[0].FirstOrDefault() ?? "";
        if (Series(version) != Series(ModelCompiler.Version) || files.Any(f => f.Length != 4)) return new(assembly, version, seen, null);
        var dialects = files.Select(f => Dialect.Parse(f[1])).ToArray();
        if (dialects.Contains(null)) return new(assembly, version, seen, null);
        var trees = files.Zip(dialects, (f, dialect) => CSharpSyntaxTree.ParseText(f[3], dialect!.Options, f[2], cancellationToken: cancellation)).OrderBy(t => t.FilePath, System.StringComparer.Ordinal);
        // Friends of the assembly are friends of its source: it has the same name and key.
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: dialects[0]!.IsChecked, allowUnsafe: true, cryptoPublicKey: assembly.Identity.PublicKey,
            nullableContextOptions: dialects[0]!.Version >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable);
        return new(assembly, version, seen, CSharpCompilation.Create(assembly.Name, trees, References(assembly, user), options));
    }

    static IEnumerable<MetadataReference> References(IAssemblySymbol assembly, Compilation user)
    {
        var depends = new Dictionary<ISymbol, bool>(SymbolEqualityComparer.Default) { [assembly] = true };
        bool Depends(IAssemblySymbol other)
        {
            if (depends.TryGetValue(other, out var known)) return known;
            depends[other] = false;
            return depends[other] = other.Modules.SelectMany(m => m.ReferencedAssemblySymbols).Any(Depends);
        }
        return user.References.Where(r => user.GetAssemblyOrModuleSymbol(r) is not IAssemblySymbol other || !Depends(other));
    }

    /// <summary>The type or member of the source for one of the assembly; null where the source does not hold it.</summary>
    public ISymbol? Find(ISymbol definition)
    {
        if (definition is INamedTypeSymbol type) return Compilation!.Assembly.GetTypeByMetadataName(HostTypes.Name(type));
        if (definition.ContainingType is { IsExtension: true } block) return FindExtension(definition, block);
        var id = definition.GetDocumentationCommentId();
        return (Find(definition.ContainingType) as INamedTypeSymbol)?.GetMembers(definition.Name).FirstOrDefault(m => m.GetDocumentationCommentId() == id);
    }

    /// <summary>Blocks of extension members have other names in an assembly than in source, so receiver and parameters must tell.</summary>
    ISymbol? FindExtension(ISymbol definition, INamedTypeSymbol block)
    {
        static string Receiver(INamedTypeSymbol block) => block.ExtensionParameter?.Type.ToDisplayString() ?? "";
        static string Signature(ISymbol member) => member is IMethodSymbol method
            ? $"{method.Arity}:{string.Join(",", method.Parameters.Select(p => p.RefKind + p.Type.ToDisplayString()))}" : "";
        return (Find(block.ContainingType) as INamedTypeSymbol)?.GetTypeMembers().Where(t => t.IsExtension && Receiver(t) == Receiver(block))
            .SelectMany(t => t.GetMembers(definition.Name)).FirstOrDefault(m => m.Kind == definition.Kind && Signature(m) == Signature(definition));
    }

    /// <summary><c>1.4</c> of <c>1.4.2</c>.</summary>
    static string Series(string version) => string.Join(".", version.Split('.').Take(2));
}
