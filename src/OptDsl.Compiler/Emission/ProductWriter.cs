using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A product as a call of the runtime's tiles; its epilogue as a small struct that they inline.</summary>
internal sealed class ProductWriter
{
    // A tile inlines its sink sixteen times, or as many of them as the JIT's budget holds: of a layer norm's gradient, 14 loads, operations and stores, it
    // called the last twelve and kept its sums in memory. A longer one is applied in a loop over the stored tile.
    const int Longest = 12;

    readonly KernelScope scope;
    readonly ProductKernel kernel;
    readonly Func<string, string> fresh = Names.Locals("acc", "row", "col", "at", "V");
    readonly Formals formals;
    readonly Dictionary<Value, Code> codes = [];
    readonly Dictionary<Value, int> uses;
    readonly List<string> body = [], stores = [];
    int loads;

    public ProductWriter(KernelScope scope, ProductKernel kernel)
    {
        (this.scope, this.kernel, formals) = (scope, kernel, new(fresh));
        uses = kernel.Epilogue.SelectMany(scope.Asked).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
    }

    Value Product => kernel.Product;

    string T => scope.Dialect.Type;

    int Log2Width => (int)Math.Log(scope.Stride(Product), 2);

    /// <summary>A name for the sink: <c>BiasRelu</c>.</summary>
    public string Hint()
    {
        if (kernel.Values.Any(v => scope.Program.Overwrites(v).Any())) return "Update";
        var parts = kernel.Epilogue.Select(v => Patterns.Of(v)?.Name
            ?? (v.Op == Primitive.Add && v.Operands.Any(o => scope.Source(o).Op == Primitive.Parameter) ? "Bias" : scope.Plan.Names.IsBackward(v) ? "Gradient" : "")).Distinct();
        var name = string.Concat(parts);
        return name.Length == 0 ? "Epilogue" : name;
    }

    /// <summary>The sink's text with <c>{name}</c> for its name, or null where the result is only stored; and the call.</summary>
    public (string? Sink, string Call) Write()
    {
        Value a = Product.Operands[0], b = Product.Operands[1];
        var transposed = (bool)Product.Data!;
        string rows = KernelScope.Rows(a.Extent), columns = Text.Number(a.Extent.Columns);
        // Through a window: as many rows as places, whichever way it is turned, and its cells are known.
        var isFramed = scope.Plan.Storage.IsFramed(a);
        var (m, k) = transposed && !isFramed ? (columns, rows) : (rows, columns);
        var sizes = $"{m}, {Text.Number(b.Extent.Columns)}, " + (isFramed ? "" : k + ", ");
        var operands = $"{scope.Left(a)}, {scope.Argument(b)}, {Text.Number(scope.Stride(b))}";
        if (scope.Program.GoesOn(Product))
            return (null, $"MatMul<V, {T}>.AddTransposed(Team, {sizes}{operands}, {scope.Argument(Product)}, {Text.Number(scope.Stride(Product))});");
        var (sink, arguments) = kernel.Epilogue.Any() ? Sink() : (null, PlainSink());
        return (sink, $"MatMul<V, {T}>.Multiply{(transposed ? "Transposed" : "")}(Team, {sizes}{operands}, new {arguments});");
    }

    string PlainSink() => scope.Plan.Storage.InPanels(Product.Extent)
        ? $"PanelSink<{T}>({scope.Argument(Product)}, {Text.Number(Product.Extent.Dims[0])}, {Text.Number(Log2Width)})"
        : $"RowSink<{T}>({scope.Argument(Product)}, {Text.Number(scope.Stride(Product))})";

    (string Sink, string Arguments) Sink()
    {
        codes[Product] = Code.Of("acc");
        foreach (var v in kernel.Values) Compute(v);
        var text = new SourceWriter();
        Equations.Write(text, scope, kernel.Values);
        var isLong = loads + body.Count + stores.Count > Longest;
        text.Block($"file readonly struct {{name}}({formals.Parameters}) : {(isLong ? "IHeavySink" : "ISink")}<{T}>", () =>
        {
            text.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            text.Block($"public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, {T}>", () =>
            {
                if (IsInPanels) text.Line($"var at = Panels.At(row, col, {Text.Number(Product.Extent.Dims[0])}, {Text.Number(Log2Width)});");
                // Locals before stores: a store may go over what a later line loads.
                foreach (var line in body.Concat(stores)) text.Line(line);
            });
        });
        return (text.ToString(), $"{{name}}({formals.Arguments})");
    }

    /// <summary>One value of each element: its line, and where it is stored.</summary>
    void Compute(Value v)
    {
        var isStored = scope.Plan.Of(scope.Program, v) is not null;
        var overwritten = scope.Program.Overwrites(v).Select(scope.Leaf).ToList();
        if (!isStored && overwritten.Count == 0 && !kernel.Values.Any(u => scope.Asked(u).Contains(v))) return;
        if (v != Product)
        {
            var pattern = Patterns.Of(v);
            var code = pattern is { } p ? Code.Of($"{scope.Dialect.Functions}.{p.Name}({Operand(p.Operand)})") : Spelling.Vector(scope.Dialect, v.Op, [.. v.Operands.Select(Operand)]);
            codes[v] = pattern is { Name: "Flush" } ? code : Local(scope.NextOf(v) is { } role ? role + "Next" : pattern?.Name.ToLowerInvariant() ?? (v.Op == Primitive.Where ? "choice" : v.Op.Name), code);
        }
        if (isStored) overwritten.Insert(0, v);
        stores.AddRange(overwritten.Select(o => $"V.Store({AsNumber(v)}, {Buffer(o)}, {At(o)});"));
    }

    Code Local(string hint, Code code)
    {
        var name = fresh(hint);
        body.Add($"var {name} = {code};");
        return Code.Of(name);
    }

    Code Operand(Value operand)
    {
        if (codes.TryGetValue(operand, out var code)) return code;
        var v = scope.Source(operand);
        if (v.Constant is { } number) return Code.Of($"V.Create({scope.Dialect.Literal(number)})");
        if (scope.IsSpelled(v)) return Spelling.Vector(scope.Dialect, v.Op, [.. v.Operands.Select(Operand)]);
        if (v.IsUniform || v.Extent.IsScalar)
        {
            var scalar = v.IsUniform ? formals.Get(T, Uniforms.Role(v), scope.Uniforms.Narrow(v)) : Buffer(v) + "[0]";
            return Truth(v, $"V.Create({scalar})");
        }
        loads++;
        var load = Truth(v, $"V.Load({Buffer(v)}, {(v.Extent.Equals(Product.Extent) ? At(v) : "col")})");
        return uses.TryGetValue(v, out var count) && count > 1 ? codes[operand] = Local(scope.Role(v), load) : load;
    }

    bool IsInPanels => scope.Plan.Storage.InPanels(Product.Extent);

    /// <summary>Where the element at row and col lies.</summary>
    string At(Value v) => IsInPanels ? "at" : $"row * {Text.Number(scope.Stride(v))} + col";

    /// <summary>In memory truth is 1 or 0, in a register a mask.</summary>
    Code Truth(Value v, string code) => Code.Of(v.Element == Element.Truth ? $"V.Equal({code}, V.Create({scope.Dialect.Literal(1)}))" : code);

    string AsNumber(Value v) => v.Element == Element.Truth ? Spelling.Select(codes[v].Text, $"V.Create({scope.Dialect.Literal(1)})", $"V.Create({scope.Dialect.Literal(0)})").Text : codes[v].Text;

    string Buffer(Value v) => formals.Get(scope.BufferType, v.Op == Primitive.Parameter ? v.Extent.Equals(Product.Extent) ? "w" : "bias" : v.Op == Primitive.MatMul ? "z" : scope.Role(v), scope.Argument(v));
}
