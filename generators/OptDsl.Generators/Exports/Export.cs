namespace OptDsl.Generators;

/// <summary>What one <c>[Export]</c> says, without anything of the compilation: the files that must travel, with the global usings
/// of all files, or why nothing can.</summary>
internal sealed record Export(EquatableArray<SourceFile> Files, EquatableArray<SourceFile> Usings, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>A source file, or what of it must travel.</summary>
internal sealed record SourceFile(string Path, Dialect Dialect, string Text);
