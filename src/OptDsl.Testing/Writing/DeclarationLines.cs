using System.Text;

namespace OptDsl.Testing;

/// <summary>Lines that declare what is used more than once, and the text of an expression in terms of them.</summary>
internal sealed class DeclarationLines(Naming? naming, string param = "Param", IReadOnlyList<string>? rule = null)
{
    readonly Dictionary<Expr, (string Text, int Level)> made = [];
    readonly StringBuilder lines = new();
    readonly HashSet<Expr> labels = [], ofUntrained = [];
    HashSet<Expr> shared = [];
    int count;

    public override string ToString() => lines.ToString();

    /// <summary>What is used more than once below these becomes a line of its own.</summary>
    public void Share(IReadOnlyList<Expr> roots)
    {
        var uses = Dag.PostOrder([.. roots]).Where(e => !IsUnwritten(e)).SelectMany(e => e.Operands).Concat(roots).Select(Written).GroupBy(e => e).Where(g => g.Count() > 1).Select(g => g.Key);
        shared = [.. uses.Where(e => e.Operands.Count > 0 || e.Op == Primitive.Input || e.Op == Primitive.Parameter)];
    }

    /// <summary>Markers have no text: what they mark stands for them.</summary>
    static bool IsUnwritten(Expr e) => e.Op == Primitive.Named || e.Op == Primitive.ScopeStart || e.Op == Primitive.Output || e.Op == Primitive.Labels;

    static Expr Written(Expr e)
    {
        while (IsUnwritten(e)) e = e.Operands[0];
        return e;
    }

    public string Text(Expr root)
    {
        if (shared.Count == 0) Share([root]);
        ofUntrained.UnionWith(Dag.PostOrder(root).Where(e => e.Op == Primitive.Tracked).Select(e => e.Operands[0]));
        labels.UnionWith(Dag.PostOrder(root).Where(e => e.Op == Primitive.Labels).Select(e => e.Operands[0]));
        foreach (var node in Dag.PostOrder(root))
        {
            if (made.ContainsKey(node)) continue;
            // What a step leaves in an untrained tensor is a lambda of it: no line of its own.
            if (node.Op != Primitive.Tracked && node.Operands.Any(ofUntrained.Contains)) ofUntrained.Add(node);
            if (IsUnwritten(node))
            {
                made[node] = made[Written(node)];
                continue;
            }
            var text = Spelled(node);
            var isLeaf = node.Op == Primitive.Input || node.Op == Primitive.Parameter || node.Op == Primitive.Tracked;
            if (!ofUntrained.Contains(node) && (shared.Contains(node) || isLeaf || text.Text.Length > 90) && text.Level >= 0)
            {
                var name = "x" + OptDsl.Text.Number(count++);
                lines.Append("Expr ").Append(name).Append(" = ").Append(text.Text).Append(";\n");
                text = (name, 9);
            }
            made[node] = text;
        }
        return made[root].Text;
    }

    /// <summary>Levels: 1 sum, 2 product, 3 and more atoms, 9 a name; below 0 never a line of its own.</summary>
    (string Text, int Level) Spelled(Expr e)
    {
        string At(int operand, int level) => e.Operands.All(o => o.Op == Primitive.Constant) ? $"(Expr)({made[e.Operands[operand]].Text})"
            : made[e.Operands[operand]] is var x && Math.Abs(x.Level) < level ? $"({x.Text})" : x.Text;
        string All() => string.Join(", ", e.Operands.Select(o => made[o].Text));
        (string, int) Call(string name) => ($"{name}({All()})", 4);
        (string, int) Method(string name, int operand = 0) => ($"{At(operand, 3)}.{name}", 4);
        if (Pattern(e) is { } known) return known;
        return e.Op.Name switch
        {
            "constant" => (double)e.Data! is var n && (n < 0 || 1 / n < 0) ? (Number(n), -3) : (Number((double)e.Data!), -4),
            "step" => ("Step", -4),
            "loss" => ("Loss", -4),
            "examples" => ("Examples", -4),
            "hyper" => ($"Hyper({OptDsl.Text.Quote((string)e.Data!)}, {All()})", 4),
            "gradient" => ("g", -4),
            "param" => (param, -4),
            "slot" => (rule![(int)e.Data! + 1], -4),
            "input" => (e.Element == Element.Integer || labels.Contains(e) ? $"IntegerInput({Named(e)}{Rows(labels.Contains(e) ? e.LabelShape : e.Shape)})" : $"Input({(e.Rank == 1 ? OptDsl.Text.Number(e.Shape[0]) : e.Shape.ToString())}, {Named(e)})", 4),
            "parameter" => ofUntrained.Contains(e) ? ("before", 9) : Declared(e),
            "tracked" => Declared(e.Operands[0], made[e.Operands[1]].Text),
            "negate" => ("-" + At(0, 3), 2),
            "add" => ($"{At(0, 1)} + {At(1, 2)}", 1),
            "subtract" => ($"{At(0, 1)} - {At(1, 2)}", 1),
            "multiply" => ($"{At(0, 2)} * {At(1, 3)}", 2),
            "divide" => ($"{At(0, 2)} / {At(1, 3)}", 2),
            "where" => Call("Where"),
            "matmul" or "batchMatmul" => Call("MatMul"),
            "stopGradient" => Call("StopGradient"),
            "sum" or "max" => Method((e.Op == Primitive.Sum ? "Sum" : "Max") + (e.Data is AxisInfo a ? $"({OptDsl.Text.Number(a.Axis)}{(a.Keep ? ", keep: true" : "")})" : "()")),
            "slice" => Method(Slice((SliceInfo)e.Data!)),
            "pad" => e.Data is PadInfo p ? Method(Pad(p.Axis, p.Start, e.Shape[p.Axis] - p.Start - e.Operands[0].Shape[p.Axis])) : ("", 4),
            "concat" => ($"Concat({OptDsl.Text.Number(((ConcatInfo)e.Data!).Axis)}, {All()})", 4),
            "transpose" => e.Data is OrderInfo o ? Method($"Permute({Numbers(o.Axes)})") : Call("Transpose"),
            "unfold" => Method(Unfold((WindowInfo)e.Data!)),
            "fold" => e.Data is WindowInfo w ? Method($"Fold({Numbers(w.Rows, w.Columns, w.Height, w.Width, w.Stride, w.Top, w.Dilation)})") : ("", 4),
            "indices" => ($"Indices({OptDsl.Text.Number(e.Shape[0])})", -4),
            "reshape" => Method($"Reshape({Numbers(e.Shape.Dims)})"),
            _ => Call(char.ToUpperInvariant(e.Op.Name[0]) + e.Op.Name[1..]),
        };
    }

    /// <summary>Words that are made of several primitives, some of which have no word of their own.</summary>
    (string Text, int Level)? Pattern(Expr e)
    {
        string Of(Expr x, int level = 3) => Math.Abs(made[x].Level) < level ? $"({made[x].Text})" : made[x].Text;
        if (e.Op == Primitive.Equal && e.Operands[0].Op == Primitive.Indices) return ($"OneHot({Of(Labels(e.Operands[1]), 0)}, {OptDsl.Text.Number(e.Operands[0].Shape[0])})", 4);
        if (e.Op == Primitive.Divide && e.Operands[0].Op == Primitive.BatchSum && e.Operands[1].Op == Primitive.Examples) return ($"BatchMean({Of(e.Operands[0].Operands[0], 0)})", 4);
        if (e.Op == Primitive.Divide && e.Operands[1].Op == Primitive.Size)
            return e.Operands[0].Data is AxisInfo axis
                ? ($"{Of(e.Operands[0].Operands[0])}.Mean({OptDsl.Text.Number(axis.Axis)}{(axis.Keep ? ", keep: true" : "")})", 4)
                : ($"{Of(e.Operands[0].Operands[0])}.Mean()", 4);
        if (e.Op == Primitive.Sqrt && e.Operands[0].Op == Primitive.Total && e.Operands[0].Operands[0] is { } square && square.Op == Primitive.Multiply && square.Operands[0] == square.Operands[1])
            return ($"GlobalNorm({Of(square.Operands[0], 0)})", 4);
        if (e.Op == Primitive.Reshape && e.Operands[0].Data is SliceInfo { Axis: 0, Length: 1 } at && e.Rank == e.Operands[0].Rank - 1)
            return ($"{Of(e.Operands[0].Operands[0])}[{OptDsl.Text.Number(at.Start)}]", 4);
        if (e.Op == Primitive.Total) return ($"GlobalSum({Of(e.Operands[0], 0)})", 4);
        if (e.Op == Primitive.Drawn) return ($"RandomUniform({Of(e.Operands[0], 0)}, {Of(e.Operands[1].Operands[1], 0)})", 4);
        // Only the shape of what a number is drawn for is known.
        if (Drawn(e) is { } drawn) return ($"RandomUniform({(e.Batched ? "Input(" : "Parameter(shape: ")}{e.Shape}), {Of(drawn.Operands[0].Operands[1], 0)})", 4);
        if (e.Op == Primitive.Equal && e.Operands[0].Op == Primitive.Learning) return ("Learning", -4);
        // What only the words above are made of.
        if (e.Op == Primitive.Random || e.Op == Primitive.Stream || e.Op == Primitive.Learning || e.Op == Primitive.Row || e.Op == Primitive.Size) return ("", -4);
        return null;
    }

    /// <summary>A shape as a further argument, where there is one.</summary>
    static string Rows(Shape shape) => shape.Rank == 0 ? "" : $", {shape}";

    static string Numbers(params IEnumerable<int> numbers) => string.Join(", ", numbers.Select(OptDsl.Text.Number));

    static string Slice(SliceInfo s) => $"Slice({Numbers(s.Start, s.Length)}{(s.Axis == 0 ? "" : $", axis: {OptDsl.Text.Number(s.Axis)}")})";

    static string Pad(int axis, int before, int after) => $"Pad({Numbers(axis, before, after)})";

    /// <summary>Along a sequence there is padding on two sides only.</summary>
    static string Unfold(WindowInfo w) => w.Top == w.Left ? $"Unfold({Numbers(w.Height, w.Width, w.Stride, w.Top, w.Dilation)})"
        : $"{Pad(1, w.Left, w.Left)}.Unfold({Numbers(w.Height, w.Width, w.Stride, 0, w.Dilation)})";

    /// <summary>The labels that OneHot gives a dimension of their own.</summary>
    static Expr Labels(Expr compared) => compared.Op == Primitive.Reshape ? compared.Operands[0] : compared;

    /// <summary>The random number that a value is; one alone keeps a float's bits.</summary>
    static Expr? Drawn(Expr e) => e.Op == Primitive.Random && e.Operands[0].Op == Primitive.Random ? e
        : e.Op == Primitive.Divide && e.Operands[0] is { Op: var floor, Operands: [{ Op: var times } scaled] } && floor == Primitive.Floor && times == Primitive.Multiply ? Drawn(scaled.Operands[0]) : null;

    string Named(Expr e) => OptDsl.Text.Quote(naming![e]);

    (string Text, int Level) Declared(Expr e, string? next = null)
    {
        var info = (ParameterInfo)e.Data!;
        var start = info.Start;
        var numbers = string.Join(", ", (start.Kind == StartKind.Normal ? start.Numbers.Reverse() : start.Numbers).Select(Number));
        var name = OptDsl.Text.Quote(naming![e].Replace('.', '_'));
        return ($"{(info.IsFixed ? "Untrained" : "Parameter")}(shape: {e.Shape}, Init.{start.Kind}({numbers}), name: {name}{(next is null ? "" : $", next: before => {next}")})", 4);
    }

    static string Number(double number) =>
        double.IsNaN(number) ? "double.NaN" : double.IsInfinity(number) ? number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity"
        : number == 0 && 1 / number < 0 ? "-0.0" : OptDsl.Text.Number(number);
}
