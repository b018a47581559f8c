using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// The documentation id of a method, computed as Roslyn computes it for symbols. It is exact for overloads, generics,
/// operators and conversions, and ignores what reflection and symbols see differently (tuple names, nullable annotations).
/// </summary>
internal static class DocumentationId
{
    public static string Of(MethodBase method)
    {
        var id = new StringBuilder("M:").Append(Definition(method.DeclaringType!)).Append('.').Append(method.Name.Replace('.', '#').Replace('<', '{').Replace('>', '}'));
        if (method.IsGenericMethodDefinition) id.Append("``").Append(Number(method.GetGenericArguments().Length));
        var parameters = method.GetParameters();
        if (parameters.Length > 0) id.Append('(').Append(string.Join(",", parameters.Select(p => Reference(p.ParameterType)))).Append(')');
        if (method is MethodInfo { Name: "op_Implicit" or "op_Explicit" or "op_CheckedExplicit" } conversion) id.Append('~').Append(Reference(conversion.ReturnType));
        return id.ToString();
    }

    /// <summary>A type's name where it is declared: <c>System.Collections.Generic.List`1</c>.</summary>
    static string Definition(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    /// <summary>A type where it is used: <c>System.Collections.Generic.List{System.Int32}</c>.</summary>
    static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsPointer) return Reference(type.GetElementType()!) + "*";
        if (type.IsArray)
        {
            var rank = type.GetArrayRank();
            return Reference(type.GetElementType()!) + (rank == 1 ? "[]" : "[" + string.Join(",", Enumerable.Repeat("0:", rank)) + "]");
        }
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "`" : "``") + Number(type.GenericParameterPosition);
        return type.IsGenericType ? Generic(type) : Definition(type);
    }

    /// <summary>Reflection lists the arguments of all nested types together; an id gives each level its own.</summary>
    static string Generic(Type type)
    {
        var levels = new Stack<Type>();
        for (var level = type; level is not null; level = level.DeclaringType) levels.Push(level);
        var arguments = type.GetGenericArguments();
        var text = new StringBuilder(levels.Peek().Namespace);
        var given = 0;
        foreach (var level in levels)
        {
            if (text.Length > 0) text.Append('.');
            var tick = level.Name.IndexOf('`');
            text.Append(tick < 0 ? level.Name : level.Name.Substring(0, tick));
            var count = level.GetGenericArguments().Length - given;
            if (count > 0) text.Append('{').Append(string.Join(",", arguments.Skip(given).Take(count).Select(Reference))).Append('}');
            given += count;
        }
        return text.ToString();
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
