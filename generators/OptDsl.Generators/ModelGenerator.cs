using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators;

/// <summary>The build-time door: evaluates what stands under <c>[Compile]</c> and writes its learner into the same class.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The first step runs on every edit, because any edit can change what a declaration means. It returns values that
        // compare by content, so everything after it is cached until a declaration really changes.
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName("OptDsl.CompileAttribute", static (_, _) => true, DeclarationReader.Read)
            .WithTrackingName(StepNames.Declarations);

        // A request knows no places in the text: a declaration that only moves is not written again.
        var learners = declarations
            .SelectMany(static (declaration, _) => declaration.Requests)
            .Select(LearnerWriter.Write)
            .WithTrackingName(StepNames.Learners);

        context.RegisterSourceOutput(learners, static (output, learner) =>
        {
            if (learner.Source is not null) output.AddSource(learner.HintName, learner.Source);
        });

        // Diagnostics are an output of their own. Only here does the compilation enter, for real locations; where there is
        // nothing to report this never runs.
        var diagnostics = declarations.Collect().Combine(learners.Collect())
            .SelectMany(static (all, _) => Report.Of(all.Left, all.Right))
            .WithTrackingName(StepNames.Diagnostics);

        context.RegisterSourceOutput(diagnostics.Combine(context.CompilationProvider), static (output, reported) =>
            output.ReportDiagnostic(reported.Left.In(reported.Right)));

        // What this project exports, for declarations of others: values again, and one file for all.
        var exports = context.SyntaxProvider
            .ForAttributeWithMetadataName("OptDsl.ExportAttribute", static (_, _) => true, ExportReader.Read)
            .WithTrackingName(StepNames.Exports);

        context.RegisterSourceOutput(exports.Collect().Select(ExportWriter.Write), static (output, source) =>
        {
            if (source is not null) output.AddSource(ExportWriter.HintName, source);
        });

        context.RegisterSourceOutput(exports.SelectMany(static (export, _) => export.Diagnostics.ToImmutableArray()).Combine(context.CompilationProvider), static (output, reported) =>
            output.ReportDiagnostic(reported.Left.In(reported.Right)));
    }
}
