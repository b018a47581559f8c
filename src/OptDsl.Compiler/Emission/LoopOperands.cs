using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>How a loop spells its operands: what it loads, repeats, keeps in a local, and where each such line belongs.</summary>
internal sealed class LoopOperands
{
    readonly KernelScope scope;
    readonly LoopKernel loop;
    readonly Func<string, string> fresh;
    readonly Dictionary<Value, int> uses;
    readonly Dictionary<(Value, int), Code> wide = [];
    readonly Dictionary<Value, Code> narrow = [];
    readonly Dictionary<Value, string> lanes = [], hoisted = [];
    readonly Dictionary<string, string> rowNames = [];
    int accumulators;

    public LoopOperands(KernelScope scope, LoopKernel loop)
    {
        (this.scope, this.loop) = (scope, loop);
        // Statements written in place live beside the fields; a method sees its own formals only.
        fresh = Names.Locals(["n", "r", "i", "count", "rows", "V", .. IsInline ? scope.Plan.Places.Select(p => p.Name) : []]);
        Formals = new(fresh);
        uses = loop.Values.Concat(loop.Values.SelectMany(Spelled).Distinct()).SelectMany(KernelScope.Operands).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        IsFlat = loop.Columns > 0 && loop.Narrow.Count == 0 && loop.Values.SelectMany(v => v.Operands).Concat(loop.Values).All(Matches);
    }

    public Formals Formals { get; }

    public bool IsFlat { get; }

    public bool IsInline => loop.Rows.IsScalar && loop.Columns == 0;

    public Extent WideExtent => new(loop.Rows.Batched, new Shape([.. loop.Rows.Dims.Dims, loop.Columns]));

    /// <summary>Lines before everything, at the start of a row, before a pass, and in the pass.</summary>
    public List<string> Head { get; } = [];

    public List<string> RowHead { get; } = [];

    public List<string> Before { get; } = [];

    public List<string> Body { get; } = [];

    string T => scope.Dialect.Type;

    string One => scope.Dialect.Literal(1);

    string Zero => scope.Dialect.Literal(0);

    public static bool IsRowReduction(Value v) => v.Op == Primitive.Sum || v.Op == Primitive.Max;

    /// <summary>The next value of a reduction's sixteen lanes.</summary>
    public void Accumulate(Value v, int phase)
    {
        var isSum = v.Op == Primitive.Sum;
        var start = isSum ? Zero : T + ".NegativeInfinity";
        var x = Wide(v.Operands[0], phase).Text;
        if (loop.Columns % 16 != 0) x = $"V.First({x}, {Text.Number(loop.Columns)} - i, {start})";
        var scratch = Formals.Get(scope.BufferType, "scratch", scope.Plan.Scratch.Name);
        if (accumulators > 0) scratch += $".At({Text.Number(16 * accumulators)})";
        accumulators++;
        var name = lanes[v] = fresh(isSum ? "sums" : "maxima");
        Before.Add($"var {name} = new Lanes<V, {T}>({scratch}, {start});");
        Body.Add($"{name}.{(isSum ? "Add" : "Max")}({x}, i);");
    }

    /// <summary>A sum over the rows, in order.</summary>
    public void Total(Value v, List<string> foot)
    {
        var name = fresh("total");
        Head.Add($"var {name} = {(scope.Program.GoesOn(v) ? Buffer(v) + "[0]" : Zero)};");
        Before.Add($"{name} += {Scalar(v.Operands[0]).At(Code.Sum)};");
        foot.Add($"{Buffer(v)}[0] = {name};");
    }

    /// <summary>Only stored: nothing else in this loop reads it.</summary>
    public bool IsLast(Value v) => !loop.Values.SelectMany(u => u.Operands).SelectMany(o => Lifetimes.Sources(scope.IsPlaced, o)).Contains(v)
        && v.Element != Element.Truth && scope.Plan.Of(scope.Program, v) is not null && !scope.Program.Overwrites(v).Any();

    /// <summary>A number of this row in a local of its own.</summary>
    public string Narrow(Value v)
    {
        var name = fresh(LocalName(v));
        Before.Add($"var {name} = {Number(v)};");
        narrow[v] = Code.Of(name);
        return name;
    }

    /// <summary>How a number of this row is computed.</summary>
    public Code Number(Value v) => lanes.TryGetValue(v, out var reduction) ? Code.Of($"{reduction}.{(v.Op == Primitive.Sum ? "Sum" : "Max")}()")
        : v.IsUniform ? Scalar(v)
        : v.Op == Primitive.Broadcast ? Repeated(v, loop.Rows, "r")
        : v.Op == Primitive.Row ? Code.Of($"({T})r")
        : v.Op.Kind == PrimitiveKind.Leaf ? Stored(v, "r")
        : Spelling.Scalar(scope.Dialect, v.Op, [.. v.Operands.Select(o => Scalar(o))]);

    /// <summary>A truth value is stored as 1 or 0.</summary>
    public string AsNumber(Value v, string name) => v.Element == Element.Truth ? $"{name} ? {One} : {Zero}" : name;

    /// <summary>What lies on each pixel of this place.</summary>
    public IEnumerable<string> Scatter(Value v, int phase)
    {
        var window = (WindowInfo)v.Data!;
        return KernelScope.Operands(v).Select((part, cell) => $"V.Store({Wide(part, phase)}, {At(v, Picks.Cell(window, cell))});");
    }

    public string Store(Value where, Value v, Code code) =>
        $"V.Store({(v.Element == Element.Truth ? Spelling.Select(code.Text, $"V.Create({One})", $"V.Create({Zero})").Text : code.Text)}, {At(where)});";

    /// <summary>Where a number of this row lies.</summary>
    public string Cell(Value v) => Cell(v, "r");

    string Cell(Value v, string row)
    {
        if (scope.IsPicked(v))
        {
            var (image, window) = (v.Operands[0], (WindowInfo)v.Data!);
            if (row != "r") row = "(" + row + ")";
            return $"{Buffer(image)}[({Pixel(window, $"({row} / {Text.Number(v.Extent.Columns)})")} + {Text.Number(-(window.Top * window.Columns + window.Left))}) * {Text.Number(scope.Stride(image))} + {row} % {Text.Number(v.Extent.Columns)}]";
        }
        var buffer = Buffer(v);
        if (v.Extent.IsScalar) return buffer + "[0]";
        if (v.Extent.Dims.Rank == 0) return $"{buffer}[{row}]";
        var columns = Text.Number(v.Extent.Columns);
        if (row != "r") row = "(" + row + ")";
        return $"{buffer}[{row} / {columns} * {Text.Number(scope.Stride(v))} + {row} % {columns}]";
    }

    Code Scalar(Value operand) => Scalar(operand, loop.Rows, "r");

    /// <summary>The number that an operand is at a row of an extent.</summary>
    Code Scalar(Value v, Extent extent, string row)
    {
        if (narrow.TryGetValue(v, out var code)) return code;
        if (v.Constant is { } number) return Code.Of(scope.Dialect.Literal(number));
        if (v.IsUniform)
        {
            var scale = IsInline ? scope.Uniforms.Narrow(v) : Formals.Get(T, Uniforms.Role(v), scope.Uniforms.Narrow(v));
            return v.Element == Element.Truth ? new($"{scale} == {One}", Code.Test) : Code.Of(scale);
        }
        if (scope.IsPlaced(v)) return Stored(v, row);
        if (v.Op == Primitive.Indices || v.Op == Primitive.Row) return Code.Of($"({T})({row})");
        if (v.Op == Primitive.Broadcast) return Repeated(v, extent, row);
        return scope.IsSpelled(v) ? Spelling.Scalar(scope.Dialect, v.Op, [.. v.Operands.Select(o => Scalar(o, extent, row))]) : Stored(v, row);
    }

    /// <summary>A copy along the columns is the number of the row, one down the rows that of the column.</summary>
    Code Repeated(Value copy, Extent extent, string row)
    {
        var source = copy.Operands[0];
        if (source.Extent.IsScalar || source.Extent.Equals(extent)) return Scalar(source, extent, row);
        if (source.Op == Primitive.Indices) return Code.Of($"({T})({Position(row, extent, ((BroadcastInfo)copy.Data!).Axes[0])})");
        if (row != "r") row = "(" + row + ")";
        return Scalar(source, source.Extent, $"{row} {(IsRow(copy) ? "/" : "%")} {Text.Number(extent.Columns)}");
    }

    Code Stored(Value v, string row)
    {
        var code = Code.Of(IsInteger(v) ? $"({T}){Cell(v, row)}" : Cell(v, row));
        return v.Element == Element.Truth ? new($"{code} != {Zero}", Code.Test) : code;
    }

    /// <summary>Every column of the copy is the operand.</summary>
    static bool IsRow(Value copy) =>
        copy.Operands[0].Extent.Equals(copy.Extent.Rows) && ((BroadcastInfo)copy.Data!).Axes.SequenceEqual(Enumerable.Range(0, copy.Operands[0].Extent.Dims.Rank));

    /// <summary>A vector of this pass; <paramref name="named"/> keeps it in a local.</summary>
    public Code Wide(Value operand, int phase, bool named = false)
    {
        if (wide.TryGetValue((operand, phase), out var code)) return code;
        if (loop.Phase.TryGetValue(operand, out var made) && !loop.Narrow.Contains(operand))
        {
            if (made < phase && scope.Plan.Of(scope.Program, operand) is not null) return Local(operand, phase, Load(operand), operand.Op.Name);
            code = operand.Op == Primitive.Broadcast ? Leaf(operand, scope.Source(operand.Operands[0]), phase)
                : Picks.IsPick(operand) ? Picked(operand)
                : Patterns.Of(operand) is { } pattern ? Code.Of($"{scope.Dialect.Functions}.{pattern.Name}({Wide(pattern.Operand, phase)})")
                : operand.Op.Kind == PrimitiveKind.Leaf ? Leaf(operand, operand, phase)
                : Spelling.Vector(scope.Dialect, operand.Op, [.. operand.Operands.Select(o => Wide(o, phase))]);
            return !named && Uses(operand) <= 1 && code.Text.Length < 60 ? wide[(operand, phase)] = code : Local(operand, phase, code, LocalName(operand));
        }
        return Leaf(operand, scope.Source(operand), phase);
    }

    /// <summary>What this pass does not make: v, or a copy of v as wide as the loop.</summary>
    Code Leaf(Value operand, Value v, int phase)
    {
        if (v.Constant is { } number) return Code.Of($"V.Create({scope.Dialect.Literal(number)})");
        if (v.Op == Primitive.Indices) return RowIndex(operand) is { } index ? Row(operand, v, phase, $"V.Create(({T})({index}))") : new($"V.Indices + V.Create(({T})i)", Code.Sum);
        if (IsMadeHere(v) || (operand != v && !v.Extent.IsScalar && IsRow(operand))) return Row(operand, v, phase, Truth(v, $"V.Create({NumberText(v)})"));
        if (v.IsUniform || v.Extent.IsScalar) return Hoisted(v);
        if (scope.IsSpelled(v))
        {
            var test = Spelling.Vector(scope.Dialect, v.Op, [.. v.Operands.Select(o => Wide(o, phase))]);
            return Uses(v) > 1 ? Local(v, phase, test, v.Op.Name) : test;
        }
        return Uses(operand) > 1 ? Local(operand, phase, Load(v), scope.Role(v)) : Load(v);
    }

    /// <summary>Which place in a row's dimensions r is, where indices count along one of them; null where they count columns.</summary>
    static string? RowIndex(Value operand)
    {
        if (operand.Op != Primitive.Broadcast || operand.Operands[0].Op != Primitive.Indices) return null;
        var axis = ((BroadcastInfo)operand.Data!).Axes[0];
        if (axis == operand.Extent.Dims.Rank - 1) return null;
        return Position("r", operand.Extent.Rows, axis);
    }

    /// <summary>Where along an axis the element of this number is, all being numbered row by row.</summary>
    static string Position(string number, Extent extent, int axis)
    {
        var inner = extent.Dims.Dims.Skip(axis + 1).Aggregate(1L, (size, d) => size * d);
        if (inner > 1) number = (number == "r" ? number : "(" + number + ")") + " / " + Text.Number(inner);
        return axis == 0 && !extent.Batched ? number : (number == "r" || inner > 1 ? number : "(" + number + ")") + " % " + Text.Number(extent.Dims[axis]);
    }

    /// <summary>A number per row that this loop has in a local, or a comparison of such numbers.</summary>
    bool IsMadeHere(Value value)
    {
        return narrow.ContainsKey(value) || (IsOfRow(value) && Graph.Below(value, v => IsOfRow(v) ? v.Operands.Select(scope.Source) : []).Any(narrow.ContainsKey));

        bool IsOfRow(Value v) => scope.IsSpelled(v) && v.Extent.Equals(loop.Rows);
    }

    /// <summary>What a vector repeats; a truth value as 1 or 0.</summary>
    string NumberText(Value v) => AsNumber(v, Scalar(v).At(v.Element == Element.Truth ? Code.Test + 1 : Code.Choice));

    string LocalName(Value v) => scope.NextOf(v) is { } role ? role + "Next" : v.Op == Primitive.Where ? "choice" : v.Op.Name;

    int Uses(Value v) => uses.TryGetValue(v, out var count) ? count : 0;

    Code Local(Value v, int phase, Code code, string hint)
    {
        var name = fresh(hint);
        Body.Add($"var {name} = {code};");
        return wide[(v, phase)] = Code.Of(name);
    }

    /// <summary>A number of this row as a vector, made once before the pass.</summary>
    Code Row(Value operand, Value v, int phase, string code)
    {
        var name = fresh((narrow.TryGetValue(v, out var number) ? number.Text : scope.Role(v)) + "V");
        Before.Add($"var {name} = {code};");
        return wide[(operand, phase)] = Code.Of(name);
    }

    /// <summary>A number of the whole loop as a vector, made once before it.</summary>
    Code Hoisted(Value v)
    {
        if (!hoisted.TryGetValue(v, out var name))
        {
            var scalar = v.IsUniform ? Formals.Get(T, Uniforms.Role(v), scope.Uniforms.Narrow(v)) : scope.IsSpelled(v) ? NumberText(v) : Buffer(v) + "[0]";
            hoisted[v] = name = fresh((v.IsUniform ? scalar : scope.Role(v)) + "V");
            Head.Add($"var {name} = {Truth(v, $"V.Create({scalar})")};");
        }
        return Code.Of(name);
    }

    Code Picked(Value pick) => Code.Of($"V.Load({At(pick.Operands[0], (WindowInfo)pick.Data!)})");

    Code Load(Value v) => scope.IsPicked(v) ? Picked(v) : Code.Of(Truth(v, $"V.Load({At(v)})"));

    string Truth(Value v, string code) => v.Element == Element.Truth ? $"V.Equal({code}, V.Create({One}))" : code;

    /// <summary>The buffer and index of element i of this row.</summary>
    string At(Value v)
    {
        var buffer = Buffer(v);
        if (IsFlat || loop.Rows.IsScalar || !v.Extent.Equals(WideExtent)) return buffer + ", i";
        if (!rowNames.TryGetValue(buffer, out var name))
        {
            rowNames[buffer] = name = fresh(buffer + "Row");
            RowHead.Add($"var {name} = {buffer}.At(r * {Text.Number(scope.Stride(v))});");
        }
        return name + ", i";
    }

    /// <summary>The buffer and index of element i of the pixel that a window of one cell sees from this row.</summary>
    string At(Value image, WindowInfo window)
    {
        var (buffer, geometry) = (Buffer(image), $"{window.Rows} {window.Columns} {window.Down} {window.Across} {window.Stride}");
        if (!rowNames.TryGetValue(geometry, out var pixel))
        {
            rowNames[geometry] = pixel = fresh("pixel");
            RowHead.Add($"var {pixel} = {Pixel(window, "r")};");
        }
        var offset = -(window.Top * window.Columns + window.Left);
        var at = offset == 0 ? pixel : $"({pixel} + {Text.Number(offset)})";
        if (!rowNames.TryGetValue(buffer + at, out var name))
        {
            rowNames[buffer + at] = name = fresh(buffer + "Pixel");
            RowHead.Add($"var {name} = {buffer}.At({at} * {Text.Number(scope.Stride(image))});");
        }
        return name + ", i";
    }

    /// <summary>The pixel that lies under the corner of the window at a place, both counted row by row through all images.</summary>
    static string Pixel(WindowInfo w, string place)
    {
        string across = w.Stride == 1 ? "" : " * " + Text.Number(w.Stride), row = w.Across == 1 ? place : $"{place} / {Text.Number(w.Across)}";
        var column = w.Across == 1 ? "" : $" + {place} % {Text.Number(w.Across)}{across}";
        // Images follow each other as rows do where the places reach all rows.
        return w.Rows == w.Down * w.Stride ? $"{row} * {Text.Number(w.Stride * w.Columns)}{column}"
            : $"{place} / {Text.Number(w.Down * w.Across)} * {Text.Number(w.Rows * w.Columns)} + {row} % {Text.Number(w.Down)} * {Text.Number(w.Stride * w.Columns)}{column}";
    }

    /// <summary>The caller's integers; copies of them in the arena are numbers like all others.</summary>
    bool IsInteger(Value v) => v.Op == Primitive.Input && v.Element == Element.Integer && !scope.Plan.IsStaged(v);

    string Buffer(Value v) => IsInline ? scope.Argument(v)
        : Formals.Get(IsInteger(v) ? "Buffer<int>" : scope.BufferType, scope.Role(v), scope.Argument(v));

    /// <summary>The comparisons below a value's operands.</summary>
    IEnumerable<Value> Spelled(Value v) => !v.Operands.Any(scope.IsSpelled) ? [] : Graph.Below(v, o => o == v || scope.IsSpelled(o) ? o.Operands : []).Where(o => o != v && scope.IsSpelled(o));

    bool Matches(Value operand) => !scope.IsSpelled(operand) ? IsWide(operand) : Graph.Below(operand, v => scope.IsSpelled(v) ? v.Operands : []).All(v => scope.IsSpelled(v) || IsWide(v));

    bool IsWide(Value v)
    {
        if (scope.IsPicked(v)) return false;
        var source = scope.Source(v);
        return source.IsUniform || source.Extent.IsScalar || (source == v && v.Op != Primitive.Indices && v.Extent.Equals(WideExtent));
    }
}
