namespace OptDsl.Testing;

/// <summary>A value of a random network: a word said of earlier values.</summary>
internal sealed record Line(Word Word, IReadOnlyList<int> Operands, IReadOnlyList<int> Sizes)
{
    public string Text => Word.Text([.. Operands.Select(Name)], Sizes);

    public static string Name(int line) => "x" + OptDsl.Text.Number(line);

    public Line Map(Func<int, int> operand) => this with { Operands = [.. Operands.Select(operand)] };
}

/// <summary>A summand of the loss: a word said of one value, times a weight.</summary>
internal sealed record LossTerm(double Weight, Line Line)
{
    public string Text => (Weight == 1 ? "" : Word.Number(Weight) + " * ") + Line.Text;
}

/// <summary>A network with its loss, as a person would write it line by line; it prints as C# that compiles to the same expression.</summary>
internal sealed record NetworkCase(IReadOnlyList<Line> Lines, IReadOnlyList<LossTerm> Terms)
{
    /// <summary>The loss as an expression.</summary>
    /// <exception cref="OptDslException">The lines do not fit each other.</exception>
    public Expr Build()
    {
        var values = Values();
        return Terms.Select(t => t.Weight == 1 ? Make(t.Line, values) : t.Weight * Make(t.Line, values)).Aggregate((a, b) => a + b);
    }

    /// <summary>How wide each line's value is.</summary>
    public IReadOnlyList<int> Widths() => [.. Values().Select(v => v.Shape.Rank == 0 ? 1 : v.Shape.Last)];

    List<Expr> Values()
    {
        var values = new List<Expr>();
        foreach (var line in Lines) values.Add(Make(line, values));
        return values;
    }

    static Expr Make(Line line, List<Expr> values) => line.Word.Make([.. line.Operands.Select(i => values[i])], [.. line.Sizes]);

    /// <summary>The same without the lines that no summand needs.</summary>
    public NetworkCase Pruned()
    {
        var used = new bool[Lines.Count];
        foreach (var term in Terms) used[term.Line.Operands[0]] = true;
        for (var i = Lines.Count - 1; i >= 0; i--)
            if (used[i])
                foreach (var operand in Lines[i].Operands) used[operand] = true;
        var places = new int[Lines.Count];
        for (int i = 0, next = 0; i < places.Length; i++) places[i] = used[i] ? next++ : -1;
        return new([.. Lines.Where((_, i) => used[i]).Select(l => l.Map(o => places[o]))], [.. Terms.Select(t => t with { Line = t.Line.Map(o => places[o]) })]);
    }

    /// <summary>Declarations, a line each, and the loss as one expression.</summary>
    public (string Lines, string Loss) Text => (
        string.Concat(Lines.Select((l, i) => $"Expr {Line.Name(i)} = {l.Text};\n")),
        Terms is [{ Weight: 1 } only] ? only.Text : "(" + string.Join(" + ", Terms.Select(t => t.Text)) + ")");

    /// <summary>Smaller networks: fewer summands, fewer lines, smaller sizes. Some of them do not build.</summary>
    public IEnumerable<NetworkCase> Shrink()
    {
        if (Terms.Count > 1)
        {
            foreach (var term in Terms) yield return (this with { Terms = [term] }).Pruned();
            foreach (var term in Terms) yield return (this with { Terms = [.. Terms.Where(t => t != term)] }).Pruned();
        }
        for (var part = Lines.Count / 2; part > 1; part /= 2)
            for (var start = 0; start < Lines.Count; start += part)
                // A step that changes nothing would be taken for ever.
                if (Without(start, part).Pruned() is var fewer && fewer.Lines.Count < Lines.Count) yield return fewer;
        for (var i = Lines.Count - 1; i >= 0; i--)
        {
            foreach (var operand in Lines[i].Operands.Distinct()) yield return Replaced(i, operand).Pruned();
            if (Lines[i].Operands.Count > 0)
                foreach (var leaf in Leaves(Lines[i])) yield return (this with { Lines = [.. Lines.Select((l, k) => k == i ? leaf : l)] }).Pruned();
        }
        foreach (var size in Lines.SelectMany(l => l.Sizes).Distinct().OrderDescending())
            foreach (var smaller in new[] { 1, 2, size / 2, size - 1 }.Distinct().Where(s => s < size && s >= 0)) yield return Resized(size, smaller);
        for (var i = 0; i < Lines.Count; i++)
            for (var k = 0; k < Lines[i].Sizes.Count; k++)
                if (Lines[i].Sizes[k] > 1) yield return Sized(i, k, 1);
        if (Terms.Any(t => t.Weight != 1)) yield return this with { Terms = [.. Terms.Select(t => t with { Weight = 1 })] };
    }

    /// <summary>Each of these lines is the first that it was made from.</summary>
    NetworkCase Without(int start, int count)
    {
        var places = Enumerable.Range(0, Lines.Count).ToArray();
        for (var i = start; i < Math.Min(start + count, Lines.Count); i++) if (Lines[i].Operands.Count > 0) places[i] = places[Lines[i].Operands[0]];
        return new([.. Lines.Select(l => l.Map(o => places[o]))], [.. Terms.Select(t => t with { Line = t.Line.Map(o => places[o]) })]);
    }

    NetworkCase Replaced(int line, int by) => new(
        [.. Lines.Select((l, i) => i > line ? l.Map(o => o == line ? by : o) : l)],
        [.. Terms.Select(t => t with { Line = t.Line.Map(o => o == line ? by : o) })]);

    /// <summary>Equal sizes stay equal, so that what fitted still fits.</summary>
    NetworkCase Resized(int from, int to) => this with { Lines = [.. Lines.Select(l => l with { Sizes = [.. l.Sizes.Select(s => s == from ? to : s)] })] };

    NetworkCase Sized(int line, int place, int size) =>
        this with { Lines = [.. Lines.Select((l, i) => i != line ? l : l with { Sizes = [.. l.Sizes.Select((s, k) => k == place ? size : s)] })] };

    /// <summary>Data of the width that a line may have.</summary>
    IEnumerable<Line> Leaves(Line line)
    {
        yield return new(Words.Scalar, [], []);
        foreach (var size in Lines.SelectMany(l => l.Sizes).Append(line.Sizes.FirstOrDefault(1)).Distinct()) if (size > 0) yield return new(Words.Vector, [], [size]);
    }
}
