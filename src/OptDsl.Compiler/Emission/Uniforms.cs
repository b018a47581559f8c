using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>What depends on the step and the number of examples: computed once at the head of a method, in double, then narrowed once.</summary>
internal sealed class Uniforms(Dialect dialect, Plan plan)
{
    readonly List<string> lines = [];
    readonly Dictionary<Value, Code> codes = [];
    readonly Dictionary<Value, string> narrowed = [];
    readonly Dictionary<Value, string> inputs = [];
    readonly System.Func<string, string> fresh = Names.Locals(["n", "all", "first", "step", "examples", "loss", .. Names.Reserved, .. plan.Places.Select(p => p.Name)]);
    readonly Dialect exact = new(Precision.Double);
    HashSet<Value> shared = [];

    public IReadOnlyList<string> Lines => lines;

    /// <summary>The inputs that were asked for by a local name.</summary>
    public IEnumerable<KeyValuePair<Value, string>> Inputs => inputs;

    /// <summary>Values that several uniforms use get a name, and so do the conditions of guards.</summary>
    public void Share(IEnumerable<Value> graph, IEnumerable<Value> conditions) => shared =
        [.. conditions, .. graph.Where(v => v.IsUniform).SelectMany(v => v.Operands).GroupBy(v => v).Where(g => g.Count() > 1 && g.Key.Operands.Count > 0).Select(g => g.Key)];

    /// <summary>The name of a uniform in the number type of the tensors; numbers are literals.</summary>
    public string Narrow(Value value)
    {
        if (value.Data is double number) return dialect.Literal(number);
        if (narrowed.TryGetValue(value, out var name)) return name;
        var code = Double(value).Text;
        name = fresh(value.Op == Primitive.Hyper ? Names.Identifier((string)value.Data!) : Role(value));
        if (value.Element == Element.Truth) code += $" ? 1.0 : 0.0";
        lines.Add($"var {name} = {(dialect.Type == "double" ? code : "(float)(" + code + ")")};");
        return narrowed[value] = name;
    }

    /// <summary>What depends on the step or a hyperparameter is a rate, what depends on the batch alone a share, what random numbers depend on a key.</summary>
    public static string Role(Value value) => value.Op == Primitive.Random && value.Operands[0].Op == Primitive.Constant ? "key" : Graph.Order([value]).Any(v => v.Op == Primitive.Step || v.Op == Primitive.Hyper) ? "rate" : "share";

    /// <summary>The local name of an input's column.</summary>
    public string Input(Value input)
    {
        if (inputs.TryGetValue(input, out var name)) return name;
        return inputs[input] = fresh(plan.Names.Of(input));
    }

    /// <summary>The text of a uniform in double; what it needs first is in <see cref="Lines"/>.</summary>
    public Code Double(Value value)
    {
        if (codes.TryGetValue(value, out var code)) return code;
        code = value.Op == Primitive.Constant ? Code.Of(exact.Literal((double)value.Data!))
            : value.Op == Primitive.Step ? Code.Of("step")
            : value.Op == Primitive.Examples ? Code.Of("examples")
            : value.Op == Primitive.Hyper ? Code.Of($"Hyper({Text.Number(plan.Graph.Roots.Hypers.ToList().IndexOf(value))})")
            : Spelling.Scalar(exact, value.Op, [.. value.Operands.Select(Double)]);
        if (shared.Contains(value))
        {
            var name = fresh(value.Element == Element.Truth ? "test" : "t");
            lines.Add($"var {name} = {code};");
            code = Code.Of(name);
        }
        return codes[value] = code;
    }
}
