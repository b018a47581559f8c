using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>An expression's text and how tightly it binds.</summary>
internal readonly record struct Code(string Text, int Level)
{
    public const int Choice = 0, Test = 1, Sum = 2, Product = 3, Atom = 4;

    public static Code Of(string atom) => new(atom, Atom);

    public string At(int level) => Level >= level ? Text : "(" + Text + ")";

    public override string ToString() => Text;
}

/// <summary>The words of one number type: how constants and functions are written.</summary>
internal sealed class Dialect(Precision precision)
{
    public string Type { get; } = precision == Precision.Single ? "float" : "double";

    /// <summary>The class of the project's own functions.</summary>
    public string Functions { get; } = precision == Precision.Single ? "Float32" : "Float64";

    public string Literal(double number)
    {
        var suffix = precision == Precision.Single ? "f" : "";
        if (precision == Precision.Single) number = (float)number;
        if (double.IsNaN(number)) return Type + ".NaN";
        if (double.IsInfinity(number)) return Type + (number > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        var text = precision == Precision.Single ? Shortest((float)number) : OptDsl.Text.Number(number);
        return text.IndexOfAny(['.', 'E', 'e']) < 0 && suffix.Length == 0 ? text + ".0" : text + suffix;
    }

    static string Shortest(float number)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        foreach (var format in new[] { "G6", "G7", "G8" })
        {
            var text = number.ToString(format, invariant);
            if (float.Parse(text, invariant).Equals(number) && (number != 0 || 1 / number > 0)) return text;
        }
        return number == 0 ? "-0" : number.ToString("G9", invariant);
    }
}

/// <summary>One row per elementwise primitive: how it is written for vectors and for single numbers.</summary>
internal static class Spelling
{
    static readonly Dictionary<Primitive, string> vector = new()
    {
        [Primitive.Sqrt] = "V.Sqrt", [Primitive.Abs] = "V.Abs", [Primitive.Floor] = "V.Floor", [Primitive.Fma] = "V.Fma", [Primitive.Where] = "V.Select",
        [Primitive.Larger] = "V.Larger", [Primitive.Smaller] = "V.Smaller",
        [Primitive.Less] = "V.Less", [Primitive.LessEqual] = "V.LessEqual", [Primitive.Equal] = "V.Equal",
        [Primitive.And] = "V.And", [Primitive.Or] = "V.Or", [Primitive.Not] = "V.Not",
    };

    static readonly Dictionary<Primitive, string> scalar = new()
    {
        [Primitive.Sqrt] = "{T}.Sqrt", [Primitive.Abs] = "{T}.Abs", [Primitive.Floor] = "{T}.Floor", [Primitive.Fma] = "{T}.FusedMultiplyAdd",
    };

    static readonly Dictionary<Primitive, string> functions = new()
    {
        [Primitive.Exp] = "Exp", [Primitive.Log] = "Log", [Primitive.Tanh] = "Tanh", [Primitive.Sigmoid] = "Sigmoid",
        [Primitive.Softplus] = "Softplus", [Primitive.NormalCdf] = "NormalCdf", [Primitive.Sin] = "Sin", [Primitive.Cos] = "Cos", [Primitive.Random] = "Random",
    };

    static readonly Dictionary<Primitive, (string Sign, int Level)> operators = new()
    {
        [Primitive.Add] = ("+", Code.Sum), [Primitive.Subtract] = ("-", Code.Sum), [Primitive.Multiply] = ("*", Code.Product), [Primitive.Divide] = ("/", Code.Product),
    };

    static readonly Dictionary<Primitive, string> tests = new()
    {
        [Primitive.Less] = "<", [Primitive.LessEqual] = "<=", [Primitive.Equal] = "==", [Primitive.And] = "&&", [Primitive.Or] = "||",
    };

    public static bool Knows(Primitive op) => op == Primitive.Negate || operators.ContainsKey(op) || functions.ContainsKey(op) || vector.ContainsKey(op);

    public static Code Vector(Dialect dialect, Primitive op, IReadOnlyList<Code> x) =>
        Shared(dialect, op, x) ?? (op == Primitive.Where ? Select(x[0].Text, x[1].Text, x[2].Text) : Call(vector[op], x));

    /// <summary>A comparison that decides here is part of the choice, <c>V.SelectLess(a, b, x, y)</c>: a mask of its own would pass through a vector.</summary>
    public static Code Select(string test, string x, string y)
    {
        foreach (var comparison in new[] { "Less", "LessEqual", "Equal" })
            if (test.StartsWith($"V.{comparison}(", System.StringComparison.Ordinal)) return Code.Of($"V.Select{comparison}({test.Substring(comparison.Length + 3, test.Length - comparison.Length - 4)}, {x}, {y})");
        return Code.Of($"V.Select({test}, {x}, {y})");
    }

    public static Code Scalar(Dialect dialect, Primitive op, IReadOnlyList<Code> x)
    {
        if (Shared(dialect, op, x) is { } code) return code;
        if (scalar.TryGetValue(op, out var function)) return Call(function.Replace("{T}", dialect.Type), x);
        if (op == Primitive.Where) return new($"{x[0].At(Code.Test)} ? {x[1].At(Code.Sum)} : {x[2].At(Code.Sum)}", Code.Choice);
        if (op == Primitive.Larger) return new($"{x[0].At(Code.Sum)} < {x[1].At(Code.Sum)} ? {x[1].At(Code.Sum)} : {x[0].At(Code.Sum)}", Code.Choice);
        if (op == Primitive.Smaller) return new($"{x[1].At(Code.Sum)} < {x[0].At(Code.Sum)} ? {x[1].At(Code.Sum)} : {x[0].At(Code.Sum)}", Code.Choice);
        if (op == Primitive.Not) return Code.Of("!" + x[0].At(Code.Atom));
        // A number equals itself unless it is NaN; the C# compiler warns of the comparison as such.
        if (op == Primitive.Equal && x[0].Text == x[1].Text) return Code.Of($"!{dialect.Type}.IsNaN({x[0].Text})");
        return new($"{x[0].At(Code.Sum)} {tests[op]} {x[1].At(Code.Sum)}", Code.Test);
    }

    static Code? Shared(Dialect dialect, Primitive op, IReadOnlyList<Code> x)
    {
        if (op == Primitive.Negate) return new("-" + x[0].At(Code.Atom), Code.Product);
        if (functions.TryGetValue(op, out var function)) return Call(dialect.Functions + "." + function, x);
        if (!operators.TryGetValue(op, out var sign)) return null;
        // Floating-point addition is not associative, so a right operand of the same level keeps its parentheses.
        return new($"{x[0].At(sign.Level)} {sign.Sign} {x[1].At(sign.Level + 1)}", sign.Level);
    }

    static Code Call(string function, IReadOnlyList<Code> x) => Code.Of(function + "(" + string.Join(", ", x.Select(o => o.Text)) + ")");
}
