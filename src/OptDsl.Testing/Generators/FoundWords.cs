using System.Reflection;

namespace OptDsl.Testing;

/// <summary>Layers, functions and losses, found by reflection: random networks draw a new one as soon as it exists.</summary>
internal static class FoundWords
{
    const BindingFlags Own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What a value has as a method.</summary>
    public static IReadOnlyList<Word> Methods { get; } =
    [
        .. from method in typeof(Fluent).GetMethods(Own)
           where method.ReturnType == typeof(Expr) && method.GetParameters().All(p => p.HasDefaultValue || p.ParameterType == typeof(Expr) || Vocabulary.Number(p) is not null)
           orderby method.Name, method.GetParameters().Length
           select Of(method),
    ];

    /// <summary>What a value costs against a target.</summary>
    public static IReadOnlyList<Word> Losses { get; } =
    [
        .. from property in typeof(Dsl).GetProperties(Own)
           where property.PropertyType == typeof(LossFunction)
           orderby property.Name
           select Of(property.Name, (LossFunction)property.GetValue(null)!),
        .. from method in typeof(Dsl).GetMethods(Own)
           where method.ReturnType == typeof(LossFunction) && !method.IsSpecialName && method.GetParameters().All(p => p.HasDefaultValue)
           orderby method.Name
           select Of(method.Name + "()", (LossFunction)Vocabulary.Call(method, [.. method.GetParameters().Select(p => p.DefaultValue)])),
    ];

    static Word Of(string text, LossFunction loss) => new($"{{0}}.Loss({text})", (x, _) => x[0].Loss(loss));

    /// <summary>With what must be given, and what keeps a divisor well above 0.</summary>
    static Word Of(MethodInfo method)
    {
        var values = 0;
        var given = new List<string>();
        var parameters = method.GetParameters();
        foreach (var p in parameters.Skip(1))
            if (p.Name == "eps") given.Add("eps: 0.1");
            else if (p.HasDefaultValue) continue;
            else given.Add(Vocabulary.Number(p) is { } number ? OptDsl.Text.Number(number) : "{" + OptDsl.Text.Number(++values) + "}");
        return new($"{{0}}.{method.Name}({string.Join(", ", given)})", (x, _) =>
        {
            var next = 0;
            return (Expr)Vocabulary.Call(method, [.. parameters.Select(p => p.Name == "eps" ? 0.1 : p.HasDefaultValue || Vocabulary.Number(p) is not null ? Vocabulary.Usual(p) : x[next++])]);
        });
    }
}
