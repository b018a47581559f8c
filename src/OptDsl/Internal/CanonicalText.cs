using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OptDsl;

/// <summary>
/// The text that values print as and compare by: a format version, then a numbered line per operation, operands before
/// users, every number exact. Values are numbered: what is written twice is one line, and a shared graph stays linear.
/// </summary>
internal static class CanonicalText
{
    public const string Version = "optdsl 1";

    public static string Of(Expr root)
    {
        var lines = new Lines(root.Batched || Dag.PostOrder(root).Any(e => e.Data is ParameterInfo) ? Naming.Of(root) : null);
        lines.Add(root);
        return Version + "\n" + lines;
    }

    public static string Of(Rule rule)
    {
        var text = new StringBuilder(Version).Append('\n');
        Append(text, rule, null);
        return text.ToString();
    }

    public static string Of(Model model)
    {
        var lines = new Lines(model.Naming);
        var loss = lines.Add(model.Loss);
        var text = new StringBuilder(Version).Append('\n').Append(lines).Append("minimize ").Append(loss).Append('\n');
        Append(text, model.Rule, model);
        return text.ToString();
    }

    static void Append(StringBuilder text, Rule rule, Model? model)
    {
        foreach (var stage in rule.Stages)
        {
            text.Append("rule");
            for (var i = 0; i < stage.Slots.Count; i++) text.Append(' ').Append(stage.Slots[i].Name);
            text.Append('\n');
            var lines = new Lines(null);
            var results = stage.Slots.Select(s => "start " + s.Name + " = " + lines.Add(s.Start)).ToList();
            results.AddRange(stage.Slots.Select(s => "next " + s.Name + " = " + lines.Add(s.Next)));
            results.Add("step = " + lines.Add(stage.Step));
            text.Append(lines);
            foreach (var result in results) text.Append(result).Append('\n');
            if (stage.IsForAll) continue;
            text.Append("only");
            foreach (var parameter in model?.Trained ?? [])
                if (stage.Covers(parameter)) text.Append(' ').Append(parameter.Path);
            text.Append(model is null ? " by a condition\n" : "\n");
        }
    }

    sealed class Lines(Naming? naming)
    {
        readonly Dictionary<Expr, int> numbers = [];
        readonly Dictionary<string, int> known = [];
        readonly StringBuilder text = new();
        int streams;

        public string Add(Expr root)
        {
            foreach (var node in Dag.PostOrder(root))
            {
                if (numbers.ContainsKey(node)) continue;
                var line = Line(node);
                if (!known.TryGetValue(line, out var number))
                {
                    known.Add(line, number = known.Count);
                    text.Append('%').Append(Text.Number(number)).Append(' ').Append(line).Append('\n');
                }
                numbers.Add(node, number);
            }
            return "%" + Text.Number(numbers[root]);
        }

        string Line(Expr node)
        {
            var line = new StringBuilder(node.Op.Name);
            foreach (var operand in node.Operands) line.Append(" %").Append(Text.Number(numbers[operand]));
            if (Detail(node) is { Length: > 0 } detail) line.Append(' ').Append(detail);
            if (node.KnownShape is { } shape) line.Append(' ').Append(shape);
            return line.ToString();
        }

        string Detail(Expr node) => node.Data switch
        {
            double number => Text.Number(number),
            int number => Text.Number(number),
            string name => name,
            InputInfo input => Text.Quote(naming?[node] ?? input.Name ?? "input") + (node.Element == Element.Integer ? " integer" : ""),
            ParameterInfo parameter => Text.Quote(naming?[node] ?? parameter.Label ?? "parameter") + " " + (parameter.IsFixed ? "fixed " : "") + parameter.Start,
            ScopeInfo scope => Text.Quote(scope.Name),
            AxisInfo axis => Text.Number(axis.Axis) + (axis.Keep ? " keep" : ""),
            SliceInfo slice => Text.Number(slice.Axis) + " " + Text.Number(slice.Start) + " " + Text.Number(slice.Length),
            PadInfo pad => Text.Number(pad.Axis) + " " + Text.Number(pad.Start),
            ConcatInfo concat => Text.Number(concat.Axis),
            WindowInfo window => window.ToString(),
            OrderInfo order => string.Join(" ", order.Axes.Select(Text.Number)),
            null when node.Op == Primitive.Stream => naming is null ? Text.Number(streams += 1) : Text.Quote(naming[node]),
            _ => "",
        };

        public override string ToString() => text.ToString();
    }
}
