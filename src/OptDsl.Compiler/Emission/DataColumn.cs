using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A column of data: how the doors call it, and what they take for it.</summary>
internal sealed record DataColumn(string Name, string Local, string Type, Expr Input, bool Predicts)
{
    public bool IsInteger => Type == "int";

    /// <summary>Per example; labels lack the dimension of their classes.</summary>
    public Shape Shape => IsInteger && Input.Data is InputInfo { IsTarget: true } ? Input.LabelShape : Input.Shape;

    public static IReadOnlyList<DataColumn> Of(Model model, Graph graph, string type)
    {
        var fresh = Names.Locals("learner");
        var predicting = new HashSet<object?>(Graph.Order(graph.Roots.Outputs.Select(o => o.Value)).Where(v => v.Op == Primitive.Input).Select(v => v.Data));
        var integers = new HashSet<object?>(graph.Values.Where(v => v.Op == Primitive.Input && v.Element == Element.Integer).Select(v => v.Data));
        return [.. model.Naming.Inputs.Select(i => (Name: model.Naming[i], Input: i)).Select(i =>
            new DataColumn(i.Name, Names.Identifier(fresh(i.Name)), integers.Contains(i.Name) || i.Input.Element == Element.Integer ? "int" : type, i.Input, predicting.Contains(i.Name)))];
    }
}
