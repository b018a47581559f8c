using System.Text;

namespace OptDsl.Testing;

/// <summary>
/// Values written back as C# that declares them: what a failing check prints, to be pasted into a program. Names of layers and
/// outputs are lost, the mathematics is not: the text declares the same operations on the same leaves.
/// </summary>
public static class Declaration
{
    /// <summary>A model, line by line.</summary>
    public static string Of(Model model)
    {
        var lines = new DeclarationLines(model.Naming);
        var loss = lines.Text(model.Loss);
        return $"{lines}Model model = {Grouped(loss)}\n    .Minimize({Of(model.Rule).TrimEnd(';', '\n')});\n";
    }

    /// <summary>A rule as one expression: its stages joined by <c>Then</c>.</summary>
    public static string Of(Rule rule) => rule.Stages.Count == 0 ? "Rule.Identity" : Stage(rule.Stages[0]) + string.Concat(rule.Stages.Skip(1).Select(s => $".Then({Stage(s)})"));

    /// <summary>An expression, line by line; the last line names it <c>y</c>.</summary>
    public static string Of(Expr expression)
    {
        var lines = new DeclarationLines(expression.Batched || Dag.PostOrder(expression).Any(e => e.Data is ParameterInfo) ? Naming.Of(expression) : null);
        var text = lines.Text(expression);
        return $"{lines}Expr y = {text};\n";
    }

    static string Grouped(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"({text})" : text;

    static string Stage(Stage stage)
    {
        string[] names = ["g", .. stage.Slots.Select(s => s.Name)];
        var starts = stage.Slots.All(s => s.Start.Data is 0.0) ? "" : $"init: p => {Tuple(stage.Slots.Select(s => new DeclarationLines(null, "p", names).Text(s.Start)))}, step: ";
        var lines = new DeclarationLines(null, "Param", names);
        // Shared pieces become lines of the lambda.
        lines.Share([.. stage.Slots.Select(s => s.Next), stage.Step]);
        var results = Tuple([lines.Text(stage.Step), .. stage.Slots.Select(s => lines.Text(s.Next))]);
        var body = lines.ToString() is { Length: > 0 } text ? $"{{\n    {text.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal)}\n    return {results};\n}}" : results;
        var slots = stage.Slots.Count == 0 ? "" : $".Slots({string.Join(", ", stage.Slots.Select(s => Text.Quote(s.Name)))})";
        return $"Rule.Of({starts}{(names.Length == 1 ? "g" : $"({string.Join(", ", names)})")} => {body}){slots}{(stage.IsForAll ? "" : "/* only some parameters */")}";
    }

    static string Tuple(IEnumerable<string> parts) => parts.ToArray() is [var only] ? only : $"({string.Join(", ", parts)})";
}
