using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A product as a call of the runtime's tiles; its epilogue as a small struct that they inline.</summary>
internal sealed class ProductWriter(KernelScope scope, ProductKernel kernel)
{
    readonly Dictionary<Value, Code> codes = [];
    readonly List<string> body = [];
    int loads;

    // A tile inlines its sink sixteen times, or as many of them as the JIT's budget holds: of a layer norm's gradient, 14 loads, operations and stores, it
    // called the last twelve and kept its sums in memory. A longer one is applied in a loop over the stored tile.
    const int Longest = 12;

    string T => scope.Dialect.Type;

    /// <summary>A name for the sink: <c>BiasRelu</c>.</summary>
    public string Hint()
    {
        var parts = kernel.Epilogue.Select(v => Patterns.Of(v)?.Name
            ?? (v.Op == Primitive.Add && v.Operands.Any(o => scope.Source(o).Op == Primitive.Parameter) ? "Bias" : scope.Plan.Names.IsBackward(v) ? "Gradient" : "")).Distinct();
        var name = string.Concat(parts);
        return name.Length == 0 ? "Epilogue" : name;
    }

    /// <summary>The sink's text with <c>{name}</c> for its name, or null where the result is only stored; and the call.</summary>
    public (string? Sink, string Call) Write()
    {
        var product = kernel.Product;
        Value a = product.Operands[0], b = product.Operands[1];
        var transposed = (bool)product.Data!;
        string rows = KernelScope.Rows(a.Extent), columns = Text.Number(a.Extent.Columns);
        var (m, k) = transposed ? (columns, rows) : (rows, columns);
        var (sink, arguments) = Sink();
        return (sink, $"MatMul<V, {T}>.Multiply{(transposed ? "Transposed" : "")}(Team, {m}, {Text.Number(b.Extent.Columns)}, {k}, "
            + $"{scope.Argument(a)}, {Text.Number(scope.RowStride(a))}, {scope.Argument(b)}, {Text.Number(scope.Stride(b))}, new {arguments});");
    }

    (string? Sink, string Arguments) Sink()
    {
        var product = kernel.Product;
        if (!kernel.Epilogue.Any())
        {
            var stride = scope.Stride(product);
            return (null, scope.Plan.Storage.InPanels(product.Extent)
                ? $"PanelSink<{T}>({scope.Argument(product)}, {Text.Number(product.Extent.Dims[0])}, {Text.Number((int)Math.Log(stride, 2))})"
                : $"RowSink<{T}>({scope.Argument(product)}, {Text.Number(stride)})");
        }
        var fresh = Names.Locals("acc", "row", "col", "V");
        var formals = new Formals(fresh);
        codes[product] = Code.Of("acc");
        var stores = new List<string>();
        foreach (var v in kernel.Values)
        {
            var isStored = scope.Plan.Of(scope.Program, v) is not null;
            if (!isStored && !kernel.Values.Any(u => scope.Asked(u).Contains(v))) continue;
            if (v != product)
            {
                var code = Patterns.Of(v) is { } pattern ? Code.Of($"{scope.Dialect.Functions}.{pattern.Name}({Operand(pattern.Operand, formals)})")
                    : Spelling.Vector(scope.Dialect, v.Op, [.. v.Operands.Select(o => Operand(o, formals))]);
                var name = fresh(Patterns.Of(v)?.Name.ToLowerInvariant() ?? (v.Op == Primitive.Where ? "choice" : v.Op.Name));
                body.Add($"var {name} = {code};");
                codes[v] = Code.Of(name);
            }
            if (isStored)
                stores.Add($"V.Store({AsNumber(v)}, {Buffer(v, formals)}, row * {Text.Number(scope.Stride(v))} + col);");
        }
        var text = new SourceWriter();
        Equations.Write(text, scope, kernel.Values);
        var isLong = loads + body.Count + stores.Count > Longest;
        text.Block($"file readonly struct {{name}}({formals.Parameters}) : {(isLong ? "IHeavySink" : "ISink")}<{T}>", () =>
        {
            text.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            text.Block($"public void Store<V>(V acc, nint row, nint col) where V : unmanaged, IVector<V, {T}>", () =>
            {
                foreach (var line in body.Concat(stores)) text.Line(line);
            });
        });
        return (text.ToString(), $"{{name}}({formals.Arguments})");
    }

    Code Operand(Value operand, Formals formals)
    {
        if (codes.TryGetValue(operand, out var code)) return code;
        var v = scope.Source(operand);
        if (v.Constant is { } number) return Code.Of($"V.Create({scope.Dialect.Literal(number)})");
        if (scope.IsSpelled(v)) return Spelling.Vector(scope.Dialect, v.Op, [.. v.Operands.Select(o => Operand(o, formals))]);
        if (v.IsUniform || v.Extent.IsScalar)
        {
            var scalar = v.IsUniform ? formals.Get(T, Uniforms.Role(v), scope.Uniforms.Narrow(v)) : Buffer(v, formals) + "[0]";
            return Truth(v, $"V.Create({scalar})");
        }
        loads++;
        return Truth(v, v.Extent.Equals(kernel.Product.Extent) ? $"V.Load({Buffer(v, formals)}, row * {Text.Number(scope.Stride(v))} + col)" : $"V.Load({Buffer(v, formals)}, col)");
    }

    /// <summary>In memory truth is 1 or 0, in a register a mask.</summary>
    Code Truth(Value v, string code) => Code.Of(v.Element == Element.Truth ? $"V.Equal({code}, V.Create({scope.Dialect.Literal(1)}))" : code);

    string AsNumber(Value v) => v.Element == Element.Truth ? Spelling.Select(codes[v].Text, $"V.Create({scope.Dialect.Literal(1)})", $"V.Create({scope.Dialect.Literal(0)})").Text : codes[v].Text;

    string Buffer(Value v, Formals formals) =>
        formals.Get(scope.BufferType, v.Op == Primitive.Parameter ? "bias" : v.Op == Primitive.MatMul ? "z" : scope.Role(v), scope.Argument(v));
}
