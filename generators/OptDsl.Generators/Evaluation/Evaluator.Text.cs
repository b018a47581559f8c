using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    object? TupleLiteral(ITupleOperation operation, Scope scope)
    {
        var items = operation.Elements.Select(e => Value(e, scope)).ToArray();
        return Tuples.Make(HostType(operation.Type!, scope.Frame, operation.Syntax), items);
    }

    object? Interpolated(IInterpolatedStringOperation operation, Scope scope)
    {
        var text = new StringBuilder();
        foreach (var part in operation.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation literal:
                    text.Append(Value(literal.Text, scope));
                    break;
                case IInterpolationOperation hole:
                    var format = hole.FormatString is null ? null : Value(hole.FormatString, scope) as string;
                    var shown = Display(Value(hole.Expression, scope), format, hole.Syntax);
                    var width = hole.Alignment is null ? 0 : (int)Value(hole.Alignment, scope)!;
                    budget.CheckCharacters(Math.Abs((long)width), hole.Syntax);
                    text.Append(width < 0 ? shown.PadRight(-width) : shown.PadLeft(width));
                    break;
                default:
                    throw Unsupported(part);
            }
            budget.CheckCharacters(text.Length, operation.Syntax);
        }
        return text.ToString();
    }

    /// <summary>A value as text, the same for every user's language.</summary>
    internal string Display(object? value) => value switch
    {
        null => "",
        string text => text,
        Instance instance => Display(instance),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    string Display(object? value, string? format, SyntaxNode at)
    {
        if (string.IsNullOrEmpty(format) || value is not IFormattable number) return Display(value);
        CheckFormat(format!, at);
        try
        {
            return number.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException exception)
        {
            throw Refusal.Throws(at, nameof(FormatException), exception.Message);
        }
    }

    /// <summary>What the object's own <c>ToString</c> says, or what the compiler writes for records.</summary>
    string Display(Instance instance)
    {
        budget.Enter();
        var text = Describe(instance);
        budget.Leave();
        return text;
    }

    string Describe(Instance instance)
    {
        budget.Charge(1);
        var own = Chain(instance.Type).SelectMany(t => t.GetMembers("ToString")).OfType<IMethodSymbol>()
            .FirstOrDefault(m => m.Parameters.Length == 0 && !m.IsImplicitlyDeclared && types.IsSource(m));
        if (own is not null) return CallSource(own, new(instance), [], own.DeclaringSyntaxReferences[0].GetSyntax(), Frame.Static) as string ?? "";
        if (!instance.Type.IsRecord && !instance.Type.IsAnonymousType) return instance.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        var members = Chain(instance.Type).Reverse().SelectMany(t => t.GetMembers())
            .Where(m => m is { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public } and (IPropertySymbol or IFieldSymbol) && instance.Keys.Contains(m.OriginalDefinition, SymbolEqualityComparer.Default))
            .Select(m => m.Name + " = " + Display(instance[m])).ToArray();
        var name = instance.Type.IsAnonymousType ? "" : instance.Type.Name + " ";
        return name + "{ " + string.Join(", ", members) + (members.Length > 0 ? " }" : "}");
    }
}
