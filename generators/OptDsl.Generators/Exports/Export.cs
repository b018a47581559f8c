namespace OptDsl.Generators;

/// <summary>What one <c>[Export]</c> says, without anything of the compilation: the files that must travel, or why none can.</summary>
internal sealed record Export(EquatableArray<SourceFile> Files, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>A source file as it travels.</summary>
internal sealed record SourceFile(string Path, Dialect Dialect, string Text);
