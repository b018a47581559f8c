using System.Text.RegularExpressions;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Wrong C#: what the writer of loops, sinks and methods could have written instead.</summary>
static class EmissionMutants
{
    const string Area = "emission";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Text("a flat loop leaves out the last vector", @"i < count;", "i < count - V.Count;"),
        Text("a flat loop begins at the second vector", @"nint i = 0; i < count", "nint i = V.Count; i < count"),
        Text("the last row is left out", "r < rows;", "r < rows - 1;"),
        Text("the first row is left out", "nint r = 0;", "nint r = 1;"),
        Text("a pass leaves out the last vector of a row", @"i < (\d+);", "i < $1 - V.Count;"),
        Text("a pass begins at the second vector of a row", @"nint i = 0; i < (\d+)", "nint i = V.Count; i < $1"),
        Text("loads are one element ahead", @"V\.Load\((\w+), i\)", "V.Load($1, i + 1)"),
        Text("stores are one element ahead", @"V\.Store\((.+), (\w+), i\);", "V.Store($1, $2, i + 1);"),
        Text("every row is the first one", @"\.At\(r \* \d+\)", ".At(0)"),
        Text("rows are 16 apart", @"\.At\(r \* \d\d+\)", ".At(r * 8)"),
        Text("every place sees the first pixel", @"var pixel = .*;", "var pixel = (nint)0;"),
        Text("pixels in a place are all the first", @"\(pixel \+ \d+\)", "pixel"),
        Text("pixels in a place are one too far", @"\(pixel \+ (\d+)\)", "(pixel + $1 + 1)"),
        Text("places across are one pixel apart", @"(var pixel = .*% \d+) \* \d+;", "$1;"),
        Text("places down are one row apart", @"(var pixel = .*?) \* (\d+) \+ (r % \d+)", "$1 * ($2 / 2) + $3"),
        Text("pixels that no place sees keep what was there", @"Moves\.Clear\(\w+UnfoldedGradient\w*, n .*\);", ""),
        Calls("the padding is added to a sum", "V.First", a => a[2].StartsWith('0') ? a[0] : null),
        Calls("the padding takes part in a maximum", "V.First", a => a[2].EndsWith("NegativeInfinity", StringComparison.Ordinal) ? "V.Abs(" + a[0] + ")" : null),
        Calls("the last column is masked too", "V.First", a => $"V.First({a[0]}, {a[1]} - 1, {a[2]})"),
        Calls("masked elements count 1", "V.First", a => a[2].StartsWith('0') ? $"V.First({a[0]}, {a[1]}, 1)" : null),
        Calls("masked elements of a maximum count 1e9", "V.First", a => a[2].StartsWith('0') ? null : $"V.First({a[0]}, {a[1]}, 1000000000)"),
        Text("sums begin at 1", @"(new Lanes<V, \w+>\(.*), 0(f|\.0)\);", "$1, 1$2);"),
        Text("maxima begin at 1e9", @"(new Lanes<V, \w+>\(.*), \w+\.NegativeInfinity\);", "$1, 1000000000);"),
        Text("two reductions share their lanes", @"scratch\.At\(\d+\)", "scratch"),
        Text("a maximum adds", @"maxima(\d*)\.Max\((?!\))", "maxima$1.Add("),
        Text("a sum takes the largest", @"sums(\d*)\.Add\(", "sums$1.Max("),
        Text("the lanes of a sum are joined by the largest", @"sums(\d*)\.Sum\(\)", "sums$1.Max()"),
        Text("≤ is <", @"V\.(Select)?LessEqual\(", "V.$1Less("),
        Text("< is ≤", @"V\.(Select)?Less\(", "V.$1LessEqual("),
        Text("= is ≤", @"V\.(Select)?Equal\(", "V.$1LessEqual("),
        Calls("< compares the other way round", "V.Less", a => $"V.Less({a[1]}, {a[0]})"),
        Calls("choices take the other branch", "V.Select", a => $"V.Select({a[0]}, {a[2]}, {a[1]})"),
        .. new[] { "V.SelectLess", "V.SelectLessEqual", "V.SelectEqual" }.Select(word => Calls(word + " takes the other branch", word, a => $"{word}({a[0]}, {a[1]}, {a[3]}, {a[2]})")),
        Calls("< in a choice compares the other way round", "V.SelectLess", a => $"V.SelectLess({a[1]}, {a[0]}, {a[2]}, {a[3]})"),
        Text("the larger of two is the smaller", @"V\.Larger\(", "V.Smaller("),
        Text("the smaller of two is the larger", @"V\.Smaller\(", "V.Larger("),
        Text("and is or", @"V\.And\(", "V.Or("),
        Text("or is and", @"V\.Or\(", "V.And("),
        Calls("not is dropped", "V.Not", a => "(" + a[0] + ")"),
        Calls("a fused product subtracts", "V.Fma", a => $"V.Fma({a[0]}, {a[1]}, -({a[2]}))"),
        Calls("a fused product has the other sign", "V.Fma", a => $"V.Fma(-({a[0]}), {a[1]}, {a[2]})"),
        Calls("a fused product forgets the summand", "V.Fma", a => $"({a[0]}) * ({a[1]})"),
        Calls("a fused product rounds twice", "V.Fma", a => $"(({a[0]}) * ({a[1]}) + ({a[2]}))"),
        Calls("a fused product takes the summand as factor", "V.Fma", a => $"V.Fma({a[0]}, {a[2]}, {a[1]})"),
        Text("slots are not flushed", @"Float(32|64)\.Flush\(", "("),
        Text("parameters are flushed and slots are not", @"Float(32|64)\.Flush\((\w+)\)", "-$2"),
        Text("relu is the absolute value", @"Float(32|64)\.Relu\(", "V.Abs("),
        Text("the sign is that of the other side", @"Float(32|64)\.Sign\(", "-Float$1.Sign("),
        Text("the sign is the number", @"Float(32|64)\.Sign\(", "("),
        Text("tanh is the sigmoid", @"Float(32|64)\.Tanh\(", "Float$1.Sigmoid("),
        Text("exp grows the other way", @"(var exp\d* = Float(32|64)\.Exp)\((.*)\);", "$1(-($3));"),
        Text("sin is cos", @"Float(32|64)\.Sin\(", "Float$1.Cos("),
        Text("an absolute value keeps its sign", @"V\.Abs\(", "("),
        Text("two numbers of the step are exchanged", @"var (?<name>share|rate) =(?<between>[^}]*?)var \k<name>2 =", "var ${name}2 =${between}var ${name} ="),
        Text("the step is one ahead", "double step = Step;", "double step = Step + 1;"),
        Text("the step stands still", "double step = Step;", "double step = 0;"),
        Text("the mean divides by the largest batch", "double examples = n;", "double examples = 17;"),
        Text("the mean divides by one too few", "double examples = n;", "double examples = n + 1;"),
        Lines("numbers of the step are computed in float", @"^\s*(var|double) (step|examples|t\d*|share\d*|rate\d*) = .*;$", line => Regex.Replace(line.Replace("double ", "float ").Replace("Float64.", "Float32."), @"(\d+\.\d+)", "$1f")),
        Text("a loss that is no number is accepted", @"CheckLoss\(loss\);", ""),
        Text("the loss is checked after the update", @"CheckLoss\(loss\);([\s\S]*?)return loss;", "$1CheckLoss(loss);\nreturn loss;"),
        Text("the loss is the sum over the examples", @"meanLoss\[0\] = \w+ \* ", "meanLoss[0] = "),
        Text("the loss is the last example's", @"total \+= ", "total = "),
        Text("the loss begins at 1", @"var total = 0(f|\.0);", "var total = 1$1;"),
        Text("a product leaves out the last example", @"\.Multiply\(Team, n, ", ".Multiply(Team, n - 1, "),
        Text("a product leaves out the last factor", @"(\.Multiply\(Team, \w+, \d+), (\d+),", "$1, $2 - 1,"),
        Text("a product leaves out the last column", @"(\.Multiply\(Team, \w+), (\d+),", "$1, $2 - 1,"),
        Text("a weights' gradient leaves out the last example", @"(\.MultiplyTransposed\(Team, \d+, \d+), n,", "$1, n - 1,"),
        Text("the rows of a product's left operand are one closer", @"(\.Multiply\(Team, .*), (\d+), (\w+), (\d+), new", "$1, $2 - 1, $3, $4, new"),
        Text("panels are 16 wide", @"(\.Multiply\(Team, .*), 32, new", "$1, 16, new"),
        Text("panels are one row taller where a product updates", @"Panels\.At\(row, col, (\d+)", "Panels.At(row, col, $1 + 1"),
        Text("panels are half as wide where a product updates", @"Panels\.At\((.*), 5\)", "Panels.At($1, 4)"),
        Text("an update in a product takes the next slot's element", @"V\.Load\((m|v), at\)", "V.Load($1, at + 1)"),
        Text("the last part of a batch is one example short", @"nint\.Min\((\d+), all - first\)", "nint.Min($1, all - first - 1)"),
        Text("the second part of a batch is left out", @"first \+= (\d+)", "first += 2 * $1"),
        Text("every part of a batch is the first", @"\.At\(first[^)]*\)", ""),
        Text("the rows of a part begin anew", "\\.AddRows\\(", ".SumRows("),
        Text("a part forgets the sums before it", @"((?:Moves\.Clear\(\w+, \d+\);\s*)+)(for \(nint first[^{]*\{)", "$2 $1"),
        Text("the loss of a part begins at 0", @"var (\w+) = (total\d*)\[0\];", "var $1 = $2[0] - $2[0];"),
        Text("every column has the first bias", @"V\.Load\(bias, col\)", "V.Create(bias[0])"),
        Text("the bias is one column ahead", @"V\.Load\(bias, col\)", "V.Load(bias, col + 1)"),
        Text("the bias is forgotten", @"acc \+ V\.Load\(bias, col\)", "acc"),
        Text("sinks store one column ahead", @"(V\.Store\(.*) \+ col\);", "$1 + col + 1);"),
        Text("sinks load the first row", @"V\.Load\((\w+), row \* \d+ \+ col\)", "V.Load($1, col)"),
        Text("sinks store rows 8 apart", @"(V\.Store\(\w+, \w+), row \* \d+", "$1, row * 8"),
        Text("sinks store the bare product", @"V\.Store\((add|relu|choice|multiply)\d*, (\w+), row", "V.Store(acc, $2, row"),
        Text("a bias's gradient leaves out the last example", @"(SumRows\(Team, \w+), n,", "$1, n - 1,"),
        Text("a matrix is not transposed", @"Layouts<.*Transpose\(.*\n", "\n"),
        Text("data are not copied to padded rows", @"Moves\.Stage\(.*\n", "\n"),
        Text("data are copied without the last column", @"(Moves\.Stage\(\w+\(\d+\)), (\d+),", "$1, $2 - 1,"),
        Text("a sum along a dimension leaves out the last", @"(SumAxis<.*>\(Team, \w+, [^,]+), (\d+), ", "$1, $2 - 1, "),
        Text("nothing is updated", @"\n\s*Update\d*\(.*\);", "\n"),
        Text("updates run twice", @"(\n\s*Update\d*\(.*\);)", "$1$1"),
        Text("an update leaves out the last 16", @"(\n\s*Update\d*)\((\d+),", "$1($2 - 16,"),
        Text("m and v are exchanged", @"(\n\s*Update\d*\(.*)\b(\w+)M, (\w+)V\b", "$1$3V, $2M"),
        Text("a weights' gradient is the one before", @"\n\s*MatMul<.*\.MultiplyTransposed\(.*;", "\n"),
        Text("every example has the first label", @"label\[r\]", "label[0]"),
        Text("labels count from 1", @"V\.Create\(\((\w+)\)i\)", "V.Create(($1)(i + 1))"),
        Text("two places are exchanged", @"(\w+) = workspace\.At\((\d+)\);\n(\s*)(\w+) = workspace\.At\((\d+)\);", "$1 = workspace.At($5);\n$3$4 = workspace.At($2);"),
        Text("gradients are left in another place", @"(gradientOf\w+) = workspace\.At\((\d+)\);", "$1 = workspace.At($2 + 1);"),
    ];

    static CompilerMutant Text(string name, string pattern, string replacement) => Edit(name, text => Regex.Replace(text, pattern, replacement));

    static CompilerMutant Lines(string name, string pattern, Func<string, string> line) => Edit(name, text => Regex.Replace(text, pattern, m => line(m.Value), RegexOptions.Multiline));

    static CompilerMutant Calls(string name, string function, Func<IReadOnlyList<string>, string?> call) => Edit(name, text => Arguments.Replace(text, function, call));

    /// <summary>The program only: its description and its doors stay as they are.</summary>
    static CompilerMutant Edit(string name, Func<string, string> edit) => new(Area, name, Pipeline.Right with { Edit = text =>
    {
        var at = text.IndexOf("Program = (workspace, width)", StringComparison.Ordinal);
        return text[..at] + edit(text[at..]);
    } });
}
