using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>The generic class that computes: buffers as fields, one method per program, one per distinct kernel.</summary>
internal sealed class ProgramWriter(Plan plan, Dialect dialect, IReadOnlyList<string> columns)
{
    /// <summary>So many places of memory in one method, for the reason that <see cref="Lines"/> gives.</summary>
    const int Most = 500;

    readonly Dictionary<string, string> methods = [], sinks = [];
    readonly List<string> texts = [], sinkTexts = [];
    readonly Dictionary<string, Place> places = plan.Places.ToDictionary(p => p.Name);
    readonly Func<string, string> methodName = Names.Locals(Names.Reserved),
        sinkName = Names.Locals();

    sealed record Call(string Method, string Count, IReadOnlyList<(string Type, string Argument)> Arguments)
    {
        public override string ToString() => $"{Method}({string.Join(", ", Arguments.Select(a => a.Argument).Prepend(Count).Where(a => a.Length > 0))});";
    }

    public void Write(SourceWriter text, string name)
    {
        var type = dialect.Type;
        var bodies = plan.Programs.Select(p => (p, Body(p))).ToArray();
        foreach (var sink in sinkTexts)
        {
            text.Lines(sink);
            text.Line();
        }
        text.Block($"file sealed class {name}<V> : StepProgram<{type}> where V : unmanaged, IVector<V, {type}>", () =>
        {
            foreach (var kind in plan.Places.GroupBy(p => p.Kind))
            {
                text.Line("// " + kind.Key);
                text.Line($"{(plan.Places.Count > Most ? "" : "readonly ")}Buffer<{type}> {string.Join(", ", kind.Select(p => p.Name))};");
                text.Line();
            }
            Constructor(text, name);
            foreach (var (program, body) in bodies)
            {
                if (program.Name == "Start" && program.Writes.Count == 0) continue;
                text.Line();
                text.Block(Header(program), () => text.Lines(body));
            }
            if (plan.Graph.Roots.Hypers.Count > 0)
            {
                text.Line();
                text.Block("protected override double Declared(int hyper)", () => text.Lines(Declared(plan.Graph.Roots.Hypers)));
            }
            foreach (var method in texts)
            {
                text.Line();
                text.Lines(method);
            }
        });
    }

    void Constructor(SourceWriter text, string name)
    {
        var parts = plan.Places.Chunks(Most).ToList();
        var names = parts.Count > 1 ? parts.ConvertAll(_ => methodName("Place")) : [];
        text.Block($"public {name}(Workspace<{dialect.Type}> workspace) : base(workspace)", () =>
        {
            foreach (var part in names) text.Line($"{part}(workspace);");
            if (names.Count == 0) Places(plan.Places);
        });
        for (var i = 0; i < names.Count; i++)
        {
            text.Line();
            text.Block($"void {names[i]}(Workspace<{dialect.Type}> workspace)", () => Places(parts[i]));
        }

        void Places(IEnumerable<Place> places)
        {
            foreach (var place in places) text.Line($"{place.Name} = workspace.{(place.Batched ? "Batched" : "At")}({Text.Number(place.Offset)});");
        }
    }

    static string Header(Program program) => program.Name switch
    {
        "Predict" => "public override void Predict(nint n)",
        "Start" => "public override void Start()",
        _ => $"public override double {program.Name}(nint {(program.Part is null ? "n" : "all")})",
    };

    string Body(Program program)
    {
        var (uniforms, guards) = (new Uniforms(dialect, plan), Guards.Of(program));
        uniforms.Share(Graph.Order(program.Kernels.SelectMany(k => k.Values)), guards.SelectMany(g => g).Select(g => g.Condition));
        var scope = new KernelScope(plan, program, dialect, uniforms);
        var lines = new Lines();
        var lossAt = program.Loss is { } loss ? program.Kernels.ToList().FindIndex(k => k.Values.Contains(loss)) : -1;
        if (program.Loss is not null && lossAt < 0) lines.Add(LossLines(scope));
        var part = new Lines();
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            if (program.Part?.From == i)
                foreach (var sum in program.Kernels.SelectMany(k => k.Values).Where(program.GoesOn)) lines.Add($"Moves.Clear({scope.Argument(sum)}, {Text.Number(plan.Of(program, sum)!.Size)});");
            var test = string.Join(" && ", guards[i].Select(g => (g.Holds ? "" : "!") + uniforms.Double(g.Condition).At(Code.Atom)));
            foreach (var line in Kernel(scope, program.Kernels[i])) (program.Part is { } p && p.From <= i && i < p.To ? part : lines).Add(line, test);
            if (program.Part?.To == i + 1) lines.Add(Repeated(program.Part, uniforms, part));
            if (i != lossAt) continue;
            lines.Add(LossLines(scope));
            if (program.Name == "Learn") lines.Add(program.Part is null
                ? "\n// Backward: each parameter is updated as soon as its gradient is there and nothing reads its old value."
                : "\n// The gradients of all parts are added up.");
        }
        foreach (var write in program.Writes) if (Late(scope, write) is { } copy) lines.Add(copy);
        if (program.Loss is not null) lines.Add("return loss;");
        return Assemble(program, uniforms, lines);
    }

    /// <summary>The kernels that take a part of the batch, for one part after the other.</summary>
    string Repeated(Part part, Uniforms uniforms, Lines lines)
    {
        var (text, body) = (new SourceWriter(), lines.ToString(Joined, methodName));
        text.Block($"for (nint first = 0; first < all; first += {Text.Number(part.Examples)})", () =>
        {
            text.Line($"var n = nint.Min({Text.Number(part.Examples)}, all - first);");
            Data(text, uniforms, body, input => $".At({(input.Extent.Dims.Size == 1 ? "first" : "first * " + Text.Number(input.Extent.Dims.Size))})");
            text.Lines(body);
        });
        return text.ToString();
    }

    /// <summary>The caller's columns, and copies of them in padded rows.</summary>
    void Data(SourceWriter text, Uniforms uniforms, string body, Func<Value, string> at)
    {
        string Given(Value input) => $"{(input.Element == Element.Integer ? "Integer" : "Real")}({Column(input)}){at(input)}";
        foreach (var input in uniforms.Inputs) text.Line($"var {input.Value} = {Given(input.Key)};");
        foreach (var input in plan.Graph.Values.Where(v => plan.IsStaged(v) && Mentions(body, plan.Of(plan.Programs[0], v)!.Name)))
            text.Line($"Moves.Stage({Given(input)}, {Text.Number(input.Extent.Columns)}, "
                + $"{plan.Of(plan.Programs[0], input)!.Name}, {Text.Number(plan.Storage.Width(input.Extent))}, {(input.Extent.Dims.Rank == 1 ? "n" : "n * " + Text.Number(input.Extent.Dims.Size / input.Extent.Columns))});");
    }

    string Assemble(Program program, Uniforms uniforms, Lines lines)
    {
        var text = new SourceWriter();
        var body = lines.ToString(Joined, methodName);
        if (program.Part is null) Data(text, uniforms, body, _ => "");
        if (uniforms.Lines.Any(l => Mentions(l, "step"))) text.Line("double step = Step;");
        if (uniforms.Lines.Any(l => Mentions(l, "examples"))) text.Line($"double examples = {(program.Part is null ? "n" : "all")};");
        foreach (var line in uniforms.Lines) text.Line(line);
        text.Lines(body);
        return text.ToString();
    }

    /// <summary>What the declaration says of each hyperparameter.</summary>
    string Declared(IReadOnlyList<Value> hypers)
    {
        var (text, uniforms) = (new SourceWriter(), new Uniforms(dialect, plan));
        uniforms.Share(Graph.Order(hypers.Select(h => h.Operands[0])), []);
        string[] values = [.. hypers.Select(h => uniforms.Double(h.Operands[0]).Text)];
        if (uniforms.Lines.Concat(values).Any(v => Mentions(v, "step"))) text.Line("double step = Step;");
        foreach (var line in uniforms.Lines) text.Line(line);
        text.Line("return hyper switch");
        text.Line("{");
        for (var i = 0; i < values.Length; i++)
            text.Line($"    {(i == values.Length - 1 ? "_" : Text.Number(i))} => {values[i]}, // {hypers[i].Data}");
        text.Line("};");
        return text.ToString();
    }

    static bool Mentions(string text, string name) => System.Text.RegularExpressions.Regex.IsMatch(text, $@"\b{name}\b");

    string Column(Value input) => Text.Number(columns.ToList().IndexOf((string)input.Data!));

    static string LossLines(KernelScope scope)
    {
        var loss = scope.Program.Loss!;
        var value = loss.IsUniform ? scope.Uniforms.Narrow(loss) : $"(double){scope.Argument(loss)}[0]";
        return $"var loss = {value};" + (scope.Program.Name == "Learn" ? "\nCheckLoss(loss);" : "");
    }

    IEnumerable<object> Kernel(KernelScope scope, Kernel kernel)
    {
        if (kernel is MoveKernel move) return MoveWriter.Write(scope, move) is { Length: > 0 } line ? [line] : [];
        if (kernel is ProductKernel product)
        {
            var writer = new ProductWriter(scope, product);
            var (sink, call) = writer.Write();
            var comment = $"// {Target(scope, product)}{Factor(scope, product.Product, 0)} · {Factor(scope, product.Product, 1)}";
            return [comment, sink is null ? call : call.Replace("{name}", Named(sink, writer.Hint(), sinks, sinkTexts, sinkName))];
        }
        var loop = new LoopWriter(scope, (LoopKernel)kernel);
        if (loop.IsInline)
        {
            var inline = new SourceWriter();
            loop.WriteInline(inline);
            var lines = inline.ToString().TrimEnd('\n');
            return [lines.Contains("var ") ? "{\n    " + lines.Replace("\n", "\n    ") + "\n}" : lines];
        }
        var (hint, method, count, arguments) = loop.Write();
        // Pixels that belong to no place.
        var cleared = kernel.Values.Where(v => v.Op == Primitive.Fold && !Picks.IsComplete((WindowInfo)v.Data!))
            .Select(v => $"Moves.Clear({scope.Argument(v)}, {KernelScope.Times(v.Extent.Batched, plan.Storage.Size(v.Extent))});");
        return [.. cleared, new Call(Named(method, hint, methods, texts, methodName), count, arguments)];
    }

    /// <summary>What a product stores, or what it updates with a gradient that is stored nowhere.</summary>
    static string Target(KernelScope scope, ProductKernel product)
    {
        var stored = product.Values.Where(v => scope.Plan.Of(scope.Program, v) is not null).Select(scope.Argument).ToList();
        var updated = product.Values.SelectMany(scope.Program.Overwrites).Select(t => scope.Plan.Kept(t).Name).ToList();
        return (stored.Count > 0 ? string.Join(", ", stored) + (scope.Program.GoesOn(product.Product) ? " += " : " = ") : "") + (updated.Count > 0 ? $"update of {string.Join(", ", updated)} with " : "");
    }

    /// <summary>An operand with its shape: <c>dense1ᵀ [128, n]</c>.</summary>
    static string Factor(KernelScope scope, Value product, int operand)
    {
        var x = product.Operands[operand];
        var isTransposed = operand == 0 && (bool)product.Data!;
        string rows = KernelScope.Rows(x.Extent), columns = Text.Number(x.Extent.Columns);
        return scope.Argument(x) + (isTransposed ? $"ᵀ [{columns}, {rows}]" : $" [{rows}, {columns}]");
    }

    /// <summary>Kernels that write the same text share one method.</summary>
    static string Named(string text, string hint, Dictionary<string, string> known, List<string> texts, Func<string, string> fresh)
    {
        if (known.TryGetValue(text, out var name)) return name;
        known[text] = name = fresh(hint);
        texts.Add(text.Replace("{name}", name));
        return name;
    }

    /// <summary>A new value that could not be stored over the old one at once.</summary>
    string? Late(KernelScope scope, Write write) =>
        scope.Program.Name == "Predict" || scope.Program.Overwrites(write.Value).Contains(write.Target) ? null
        : Copied(scope, write, plan.Kept(scope.Program.Name == "Gradient" ? "gradient of " + write.Target : write.Target));

    string? Copied(KernelScope scope, Write write, Place target)
    {
        var from = scope.Argument(write.Value);
        return from == target.Name ? null : $"Moves.Copy({from}, {target.Name}, {Text.Number(target.Size)});";
    }

    /// <summary>Neighbouring updates of one equation over neighbouring memory are one call.</summary>
    object? Joined(object before, object line) => before is Call first && line is Call second ? Joined(first, second) ?? Joined(second, first) : null;

    Call? Joined(Call first, Call second)
    {
        if (first.Method != second.Method || !long.TryParse(first.Count, out var count) || !long.TryParse(second.Count, out var more)) return null;
        for (var i = 0; i < first.Arguments.Count; i++)
        {
            var (a, b) = (first.Arguments[i], second.Arguments[i]);
            if (!a.Type.StartsWith("Buffer", StringComparison.Ordinal) ? a != b : !Touch(a.Argument, b.Argument, count)) return null;
        }
        // What one of them reads may lie where the other writes: two loops in their order, not one.
        var offsets = first.Arguments.Where(a => places.ContainsKey(a.Argument)).Select(a => places[a.Argument].Offset).ToList();
        if (offsets.Exists(a => offsets.Exists(b => a < b && b < a + count + more))) return null;
        return first with { Count = Text.Number(count + more) };
    }

    bool Touch(string first, string second, long count) =>
        places.TryGetValue(first, out var a) && places.TryGetValue(second, out var b) && !a.Batched && !b.Batched && a.Offset + count == b.Offset;
}
