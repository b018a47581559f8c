using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators;

/// <summary>Every diagnostic, one row each; <c>OPTnnnn.md</c> beside this file says more. A test checks that all agree.</summary>
internal static class Descriptors
{
    const string Help = "https://github.com/optdsl/optdsl/blob/main/generators/OptDsl.Generators/Diagnostics/";

    // The class and the member.
    public static readonly DiagnosticDescriptor
        NotPartial = Row("OPT0001", "Class is not partial", "'{0}' is not partial, so the learner cannot be added to it; write 'partial {1} {0}'"),
        StaticClass = Row("OPT0002", "Class is static", "class '{0}' is static, but a learner is an object; remove 'static' from the class"),
        MemberShape = Row("OPT0006", "Member is not a declaration", "'{0}' {1}; write 'static Model {0} => …'"),
        SecondDeclaration = Row("OPT0007", "Second declaration in one class", "class '{0}' already has the declaration '{1}'; give '{2}' a partial class of its own"),
        TypeKind = Row("OPT0010", "Type cannot hold a learner", "{0} '{1}' cannot hold a learner; {2}"),
        OwnConstructor = Row("OPT0011", "Constructor bypasses the learner", "a constructor of '{0}' must begin with the learner's own; {1}"),
        Clash = Row("OPT0014", "Member has the name of a learner's member", "'{0}' is also a member of the learner of '{1}'; rename it"),
        ExportShape = Row("OPT0015", "Member cannot be exported", "'{0}' {1}, so no declaration elsewhere can use it; {2}");

    // What happens while the declaration is evaluated.
    public static readonly DiagnosticDescriptor
        NotKnown = Row("OPT0003", "Not known at build time", "{0} is not known at build time; {1}"),
        OtherAssembly = Row("OPT0004", "Declared in another assembly", "'{0}' is declared in assembly '{1}', whose source the generator cannot see; write [Export] on it there, copy its source into this project, or call Compile() at run time"),
        Budget = Row("OPT0005", "Too much to evaluate", "{0}; {1}"),
        Throws = Row("OPT0012", "Declaration throws", "the declaration throws {0} here: {1}; change it so that it does not, or call Compile() at run time"),
        Null = Row("OPT0013", "Declaration is null", "'{0}' is null when it is evaluated; return a model, as '….Minimize(rule)' makes it"),
        ExportVersion = Row("OPT0016", "Exported for another version of OptDsl", "'{0}' is exported by assembly '{1}', which is built with OptDsl {2}, and this project is built with OptDsl {3}; update the older one, so that both agree up to the second number"),
        ExportBroken = Row("OPT0017", "Exported source does not compile here", "the source of '{0}' that assembly '{1}' exports does not compile with what this project references: {2}; build '{1}' again with the same references, or update it");

    public static readonly DiagnosticDescriptor
        Unoptimised = Row("OPT0008", "Compilation is not optimised", "this build does not optimise, so the learner of '{0}' runs up to 20 times slower; set <Optimize>true</Optimize> in the project or build with -c Release", DiagnosticSeverity.Info),
        OverBudget = Row("OPT0018", "Over the memory budget", severity: DiagnosticSeverity.Warning),
        Internal = Row("OPT0009", "Error inside OptDsl", "OptDsl failed on '{0}' ({1}): this is a bug of OptDsl; please report it with the declaration");

    // Mistakes that the language finds, at both doors; the messages are its own.
    static readonly DiagnosticDescriptor[] language =
    [
        Row("OPT0101", "Shapes do not fit"),
        Row("OPT0102", "Argument out of range"),
        Row("OPT0103", "Labels are not integers"),
        Row("OPT0104", "Real numbers needed"),
        Row("OPT0105", "Rule returns too few slots"),
        Row("OPT0106", "Slot changes its shape"),
        Row("OPT0107", "Step does not have the parameter's shape"),
        Row("OPT0108", "Name used twice"),
        Row("OPT0109", "Loss is not a scalar"),
        Row("OPT0110", "Nothing to train"),
        Row("OPT0111", "Meaningful inside a rule only"),
        Row("OPT0112", "Shape is unknown inside a rule"),
        Row("OPT0113", "Input is both labels and values"),
        Row("OPT0114", "Not a usable name"),
        Row("OPT0115", "Rule reads data"),
        Row("OPT0116", "Too many columns"),
        Row("OPT0117", "Hyperparameter is no number of the step"),
        Row("OPT0118", "Two hyperparameters of one name"),
        Row("OPT0119", "Rule never uses the gradient"),
        Row("OPT0120", "Condition holds for no parameter"),
    ];

    // What is valid, but probably not meant; the language has a row for each.
    static readonly IEnumerable<DiagnosticDescriptor> findings = FindingKind.All.Select(kind => Row(kind.Code, kind.Title, severity: DiagnosticSeverity.Warning));

    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ByCode = new[]
    {
        NotPartial, StaticClass, NotKnown, OtherAssembly, Budget, MemberShape, SecondDeclaration,
        Unoptimised, OverBudget, Internal, TypeKind, OwnConstructor, Throws, Null, Clash, ExportShape, ExportVersion, ExportBroken,
    }.Concat(language).Concat(findings).ToDictionary(d => d.Id);

    static DiagnosticDescriptor Row(string code, string title, string message = "{0}", DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        new(code, title, message, "OptDsl", severity, isEnabledByDefault: true, helpLinkUri: Help + code + ".md");
}
