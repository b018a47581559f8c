using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>What the mathematics says, over the method that computes it: an equation per stored value, in the words of the declaration.</summary>
internal static class Equations
{
    const int Longest = 160;

    public static void Write(SourceWriter text, KernelScope scope, IReadOnlyList<Value> values)
    {
        var lines = Lines(scope, values).Distinct().ToArray();
        if (lines.Length == 1) text.Line($"/// <summary>{lines[0]}</summary>");
        else if (lines.Length > 1)
        {
            text.Line("/// <summary>");
            foreach (var line in lines) text.Line($"/// {line}{(line == lines[lines.Length - 1] ? "" : "<br/>")}");
            text.Line("/// </summary>");
        }
    }

    static IEnumerable<string> Lines(KernelScope scope, IReadOnlyList<Value> values)
    {
        foreach (var v in values)
        {
            foreach (var target in scope.Program.Overwrites(v))
                yield return Escape($"{scope.Role(scope.Leaf(target))}′ = {Of(scope, Patterns.Of(v) is { Name: "Flush" } flush ? flush.Operand : v, 0).Text}");
            if (scope.Plan.Of(scope.Program, v) is not null && !scope.Program.Overwrites(v).Any()) yield return Escape($"{scope.Role(v)} = {Of(scope, v, 0).Text}");
        }
    }

    static string Escape(string line)
    {
        if (line.Length > Longest) line = line.Substring(0, Longest) + " …";
        return line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }

    static Code Of(KernelScope scope, Value v, int depth)
    {
        v = scope.Source(v);
        if (v.Op == Primitive.Broadcast || scope.IsPicked(v)) return Of(scope, v.Operands[0], depth);
        if (depth > 0 && scope.NextOf(v) is { } next) return Code.Of(next + "′");
        if (v.Data is double number) return Code.Of(number.ToString("G6", CultureInfo.InvariantCulture));
        if (v.IsUniform) return Code.Of(v.Operands.Count == 0 ? v.Op.Name : Uniforms.Role(v));
        if (v.Op.Kind == PrimitiveKind.Leaf || (depth > 0 && (scope.Plan.Of(scope.Program, v) is not null || scope.IsGradient(v))) || depth > 12) return Code.Of(scope.Role(v));
        if (Patterns.Of(v) is { } pattern) return Code.Of($"{pattern.Name.ToLowerInvariant()}({Of(scope, pattern.Operand, depth + 1)})");
        // NaN wins everywhere: it need not be said.
        if (v.Op == Primitive.Where && v.Operands[0] is { } test && test.Op == Primitive.Equal && test.Operands.All(o => o == v.Operands[2])) return Of(scope, v.Operands[1], depth);
        var x = v.Operands.Select(o => Of(scope, o, depth + 1)).ToArray();
        return v.Op.Name switch
        {
            "add" => new($"{x[0].At(Code.Sum)} + {x[1].At(Code.Sum)}", Code.Sum),
            "subtract" => new($"{x[0].At(Code.Sum)} − {x[1].At(Code.Product)}", Code.Sum),
            "multiply" => new($"{x[0].At(Code.Product)}·{x[1].At(Code.Product)}", Code.Product),
            "divide" => new($"{x[0].At(Code.Product)} / {x[1].At(Code.Atom)}", Code.Product),
            "fma" when x[0].Text.StartsWith("-", System.StringComparison.Ordinal) => new($"{x[2].At(Code.Sum)} − {x[0].Text.Substring(1)}·{x[1].At(Code.Product)}", Code.Sum),
            "fma" => new($"{x[0].At(Code.Product)}·{x[1].At(Code.Product)} + {x[2].At(Code.Sum)}", Code.Sum),
            "negate" => new("−" + x[0].At(Code.Product), Code.Product),
            "sqrt" => Code.Of("√" + x[0].At(Code.Atom)),
            "less" => new($"{x[0].At(Code.Sum)} < {x[1].At(Code.Sum)}", Code.Test),
            "lessEqual" => new($"{x[0].At(Code.Sum)} ≤ {x[1].At(Code.Sum)}", Code.Test),
            "equal" => new($"{x[0].At(Code.Sum)} = {x[1].At(Code.Sum)}", Code.Test),
            "larger" => Code.Of($"max({x[0]}, {x[1]})"),
            "smaller" => Code.Of($"min({x[0]}, {x[1]})"),
            "sum" or "batchSum" => Code.Of("Σ " + x[0].At(Code.Product)),
            _ => Code.Of($"{v.Op.Name}({string.Join(", ", x.Select(o => o.Text))})"),
        };
    }
}
