using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>
/// Names what a loss is made of. A parameter's path is its scopes, the layer's kind and ordinal within its scope, and its
/// own name (<c>encoder.dense1.weights</c>); ordinals count per scope, so an edit outside a scope renames nothing inside. A stream
/// of random numbers has a path like a parameter's (<c>encoder.random1</c>).
/// </summary>
internal sealed class Naming
{
    readonly Dictionary<Expr, string> names = [];
    readonly Dictionary<LayerInfo, string> layers = [];
    readonly Dictionary<string, int> ordinals = [];
    readonly List<Expr> parameters = [], inputs = [], outputs = [];

    sealed record Scope(Scope? Outer, string Name, Expr? Start)
    {
        public string Path => Outer is null ? Name : Outer.Path + "." + Name;
    }

    Naming()
    {
    }

    /// <summary>In order of first use: the order of the loss's own text.</summary>
    public IReadOnlyList<Expr> Parameters => parameters;

    /// <summary>In order of first use, targets last: <c>t − y</c> and <c>y − t</c> ask for the same columns.</summary>
    public IReadOnlyList<Expr> Inputs => [.. inputs.OrderBy(IsTarget)];

    /// <summary>A line of their order, where it is not that of their first use.</summary>
    public string Order => inputs.SequenceEqual(Inputs) ? "" : $"columns {string.Join(" ", Inputs.Select(i => Text.Quote(names[i])))}\n";

    /// <summary>The markers of what <c>Predict</c> returns.</summary>
    public IReadOnlyList<Expr> Outputs => outputs;

    public string this[Expr leaf] => names[leaf];

    public static Naming Of(Expr root)
    {
        var naming = new Naming();
        naming.Walk(root);
        naming.NameInputs();
        naming.NameOutputs();
        return naming;
    }

    void Walk(Expr root)
    {
        var seen = new HashSet<Expr> { root };
        var stack = new Stack<(Expr Node, Scope? Scope, int Next)>();
        stack.Push((root, Enter(root, null), 0));
        while (stack.Count > 0)
        {
            var (node, scope, next) = stack.Pop();
            if (next == node.Operands.Count)
            {
                Name(node, scope);
                continue;
            }
            stack.Push((node, scope, next + 1));
            var operand = node.Operands[next];
            if (node.Op == Primitive.Named && operand.Data is ParameterInfo && !names.ContainsKey(operand))
                Add(operand, Join(scope?.Outer, ((ScopeInfo)node.Data!).Name));
            if (seen.Add(operand)) stack.Push((operand, Enter(operand, scope), 0));
        }
    }

    /// <summary>The scope of a node's operands: a name opens one (beside a name that has no start), its start closes it.</summary>
    static Scope? Enter(Expr node, Scope? scope)
    {
        if (node.Op == Primitive.ScopeStart)
        {
            while (scope is not null && scope.Start != node) scope = scope.Outer;
            return scope?.Outer;
        }
        if (node.Data is not ScopeInfo info) return scope;
        var outer = info.Start is null && scope is { Start: null } ? scope.Outer : scope;
        return new(outer, info.Name, info.Start);
    }

    void Name(Expr node, Scope? scope)
    {
        if (node.Op == Primitive.Input) inputs.Add(node);
        if (node.Op == Primitive.Output) outputs.Add(node);
        if (node.Op == Primitive.Stream) names[node] = Join(scope, "random") + Ordinal(Join(scope, "random"));
        if (node.Data is not ParameterInfo parameter || names.ContainsKey(node)) return;
        if (parameter.Layer is not { } layer)
        {
            Add(node, Join(scope, parameter.Name ?? "parameter" + Ordinal(Join(scope, "parameter"))));
            return;
        }
        if (!layers.TryGetValue(layer, out var path))
        {
            path = Join(scope, layer.Kind);
            layers[layer] = path += Ordinal(path);
        }
        Add(node, path + "." + parameter.Name);
    }

    void Add(Expr parameter, string path)
    {
        if (names.ContainsValue(path)) throw Error.Duplicate("parameter", path);
        names[parameter] = path;
        parameters.Add(parameter);
    }

    void NameInputs()
    {
        var taken = new HashSet<string>();
        foreach (var name in inputs.Select(i => i.InputName))
            if (name is not null && !taken.Add(name)) throw Error.Duplicate("input", name);
        foreach (var input in inputs)
            names[input] = input.InputName ?? Fresh(IsTarget(input) ? "target" : "input", taken);
    }

    static bool IsTarget(Expr input) => ((InputInfo)input.Data!).IsTarget;

    void NameOutputs()
    {
        var taken = new HashSet<string>();
        foreach (var output in outputs) names[output] = Fresh("output", taken);
    }

    static string Fresh(string stem, HashSet<string> taken)
    {
        var name = stem;
        for (var n = 2; !taken.Add(name); n++) name = stem + Text.Number(n);
        return name;
    }

    string Ordinal(string path) => Text.Number(ordinals[path] = ordinals.TryGetValue(path, out var n) ? n + 1 : 1);

    static string Join(Scope? scope, string name) => scope is null ? name : scope.Path + "." + name;
}
