using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

/// <summary>What C# has and a declaration cannot use, in the words of the user's code.</summary>
internal sealed partial class Evaluator
{
    const string Unsuitable = "use numbers, texts, arrays, lists, tuples and types of this project, or call Compile() at run time";

    const string Compute = "write a constant, or call Compile() at run time";

    /// <summary>Where the operation is unknown because the code is wrong, the compiler says so.</summary>
    static Refusal Unsupported(IOperation operation) => operation.Kind is OperationKind.Invalid or OperationKind.None && HasErrorType(operation)
        ? Refusal.Silent()
        : operation switch
        {
            IAwaitOperation => Refusal.NotKnown(operation.Syntax, "what 'await' waits for", Compute),
            ITryOperation => Refusal.NotKnown(operation.Syntax, "'try'", "check the condition with 'if' instead"),
            ILockOperation => Refusal.NotKnown(operation.Syntax, "'lock'", "remove it: nothing runs beside a declaration"),
            IUsingOperation or IUsingDeclarationOperation => Refusal.NotKnown(operation.Syntax, "'using'", "remove it: a declaration owns nothing"),
            IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } => Refusal.NotKnown(operation.Syntax, "an iterator ('yield')", "fill a List and return it"),
            IBranchOperation or ILabeledOperation => Refusal.NotKnown(operation.Syntax, "'goto'", "use a loop, or 'if' and 'switch'"),
            ITypeOfOperation => Refusal.NotKnown(operation.Syntax, "'typeof'", Compute),
            IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation =>
                Refusal.NotKnown(operation.Syntax, "'dynamic'", "give the variable its type"),
            IAddressOfOperation => Refusal.NotKnown(operation.Syntax, "a pointer", "use an array"),
            IEventReferenceOperation or IEventAssignmentOperation => Refusal.NotKnown(operation.Syntax, "an event", "call the function directly"),
            IInterpolatedStringHandlerCreationOperation or IUtf8StringOperation => Refusal.NotKnown(operation.Syntax, "this kind of text", "write a string"),
            _ => Refusal.NotKnown(operation.Syntax, $"this expression ({operation.Syntax.Kind()})", "build the model from constants, variables, loops and functions, or call Compile() at run time"),
        };

    static bool HasErrorType(IOperation operation) =>
        operation.Kind == OperationKind.Invalid || operation.Type is { TypeKind: TypeKind.Error };
}
