using System.Globalization;
using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>Expressions of emitted text → terms, by C#'s precedence; operators and functions are the runtime's own.</summary>
/// <param name="text">Where they stand.</param>
/// <param name="program">Whose data and step a method of the class sees; null in kernels and sinks.</param>
class Expressions<V, T>(Reader text, EmittedProgram<V, T>? program) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly string[][] levels = [["||"], ["&&"], ["==", "!="], ["<", "<="], ["+", "-"], ["*", "/", "%"]];

    protected Reader Text => text;

    protected EmittedProgram<V, T>? Program => program;

    protected Scope Scope { get; set; } = new(program?.Fields);

    public Term Expression()
    {
        var test = Binary(0);
        if (text.Takes("switch")) return Switch(test.As<nint>());
        if (!text.Takes("?")) return test;
        var a = Expression();
        text.Expect(":");
        return Operators<V, T>.Choice(test.As<bool>(), a, Expression());
    }

    protected Term[] Arguments(string open = "(", string close = ")")
    {
        var arguments = new List<Term>();
        text.Expect(open);
        if (!text.Takes(close))
        {
            do arguments.Add(Expression());
            while (text.Takes(","));
            text.Expect(close);
        }
        return [.. arguments];
    }

    /// <summary>Numbers counted from 0, the last one for all others.</summary>
    Term<double> Switch(Func<nint> which)
    {
        var arms = new List<Func<double>>();
        text.Expect("{");
        while (!text.Takes("}"))
        {
            var isLast = text.Takes("_");
            if (!isLast) text.Expect($"{arms.Count}");
            text.Expect("=>");
            arms.Add(Expression().As<double>());
            text.Expect(",");
            if (isLast && text.Peek() != "}") throw text.Strange(text.Peek());
        }
        return new(() => arms[(int)Math.Min(which(), arms.Count - 1)]());
    }

    /// <summary>A variable that is assigned to.</summary>
    protected Cell Variable(string name) => Scope.Find(name) ?? throw text.Strange(name);

    Term Binary(int level)
    {
        if (level == levels.Length) return Unary();
        var left = Binary(level + 1);
        while (levels[level].Contains(text.Peek())) left = Operators<V, T>.Binary(text.Take(), left, Binary(level + 1));
        return left;
    }

    Term Unary()
    {
        if (text.Takes("-")) return Operators<V, T>.Negative(Unary());
        if (text.Takes("!"))
        {
            var x = Unary().As<bool>();
            return new Term<bool>(() => !x());
        }
        if (text.Peek() == "(" && text.Peek(1) is "float" or "double" && text.Peek(2) == ")")
        {
            text.Take();
            var type = text.Take();
            text.Expect(")");
            return Operators<V, T>.Cast(type, Unary());
        }
        return Indexed(Atom());
    }

    Term Indexed(Term term)
    {
        while (true)
        {
            if (text.Peek() == "[")
            {
                var i = Arguments("[", "]")[0].As<nint>();
                term = term is Term<Buffer<int>> integers ? new Term<nint>(() => integers.Get()[i()]) : Element(term.As<Buffer<T>>(), i);
            }
            else if (text.Peek() == "." && text.Peek(1) == "At")
            {
                text.Expect(".", "At");
                var offset = Arguments()[0].As<nint>();
                if (term is Term<Buffer<int>> integers) term = new Term<Buffer<int>>(() => integers.Get().At(offset()));
                else
                {
                    var buffer = term.As<Buffer<T>>();
                    term = new Term<Buffer<T>>(() => buffer().At(offset()));
                }
            }
            else return term;
        }
    }

    static Term<T> Element(Func<Buffer<T>> buffer, Func<nint> i) => new(() => buffer()[i()]);

    Term Atom()
    {
        var word = text.Take();
        if (char.IsDigit(word[0])) return Number(word);
        if (Scope.Find(word) is { } cell) return cell is Cell<Lanes<V, T>> lanes ? Reduced(lanes) : cell.Term;
        switch (word)
        {
            case "(":
                var inner = Expression();
                text.Expect(")");
                return inner;
            case "[":
                var numbers = Array.ConvertAll(Listed(), n => n.As<nint>()());
                return new Term<nint[]>(() => numbers);
            case "new":
                return Created();
            case "V":
                text.Expect(".");
                return text.Peek(1) == "(" ? Vectors<V, T>.Call(text.Take(), Arguments()) : Vectors<V, T>.Constant(text.Take());
            case "float" or "double":
                text.Expect(".");
                return text.Peek(1) == "(" ? Scalars.Call(word, text.Take(), Arguments()) : Scalars.Constant(word, text.Take());
            case "Float32" or "Float64":
                text.Expect(".");
                return Functions.Call<V>(word, text.Take(), Arguments());
            case "Panels":
                text.Expect(".", "At");
                var at = Array.ConvertAll(Arguments(), n => n.As<nint>());
                return new Term<nint>(() => Panels.At(at[0](), at[1](), at[2](), (int)at[3]()));
            case "nint":
                text.Expect(".", "Min");
                var least = Array.ConvertAll(Arguments(), n => n.As<nint>());
                return new Term<nint>(() => nint.Min(least[0](), least[1]()));
            case "Real" or "Integer" or "Hyper" or "Step" or "Team" when program is not null:
                return word switch
                {
                    "Real" => program.Reals(Arguments()[0].As<nint>()()),
                    "Integer" => program.Integers(Arguments()[0].As<nint>()()),
                    "Hyper" => program.Hyperparameter(Arguments()[0].As<nint>()()),
                    "Step" => new Term<nint>(() => (nint)program.Completed),
                    _ => new Term<Team>(() => program.Crew),
                };
            default:
                throw text.Strange(word);
        }
    }

    /// <summary>The rest of a list whose bracket is open.</summary>
    Term[] Listed()
    {
        var numbers = new List<Term>();
        do numbers.Add(Expression());
        while (text.Takes(","));
        text.Expect("]");
        return [.. numbers];
    }

    static Term Number(string word) =>
        word.EndsWith('f') ? Constant(float.Parse(word[..^1], CultureInfo.InvariantCulture))
        : word.Contains('.') || word.Contains('E') ? Constant(double.Parse(word, CultureInfo.InvariantCulture))
        : Constant(nint.Parse(word, CultureInfo.InvariantCulture));

    static Term<X> Constant<X>(X value) => new(() => value);

    /// <summary>Sizes that are written as numbers.</summary>
    public static int[] Sizes(Term numbers) => Array.ConvertAll(numbers.As<nint[]>()(), n => (int)n);

    Term<T> Reduced(Cell<Lanes<V, T>> lanes)
    {
        text.Expect(".");
        return text.Take() switch
        {
            "Sum" when Arguments() is [] => new(() => lanes.Value.Sum()),
            "Max" when Arguments() is [] => new(() => lanes.Value.Max()),
            var other => throw text.Strange(other),
        };
    }

    Term Created()
    {
        var name = text.Take();
        if (text.Peek() == "<") while (text.Take() != ">") { }
        var x = Arguments();
        switch (name)
        {
            case "Lanes":
                var (scratch, start) = (x[0].As<Buffer<T>>(), x[1].As<T>());
                return new Term<Lanes<V, T>>(() => new(scratch(), start()));
            case "RowSink":
                var (rows, stride) = (x[0].As<Buffer<T>>(), x[1].As<nint>());
                return new Term<RowSink<T>>(() => new(rows(), stride()));
            case "Framed":
                var (images, fits, window) = (x[0].As<Buffer<T>>(), Sizes(x[1]), Sizes(x[2]));
                var (pace, c) = (x[3].As<nint>(), x[4].As<nint>());
                return new Term<Framed<T>>(() => new(images(), fits, window, (int)pace(), (int)c()));
            case "PanelSink":
                var (panels, height, width) = (x[0].As<Buffer<T>>(), x[1].As<nint>(), x[2].As<nint>());
                return new Term<PanelSink<T>>(() => new(panels(), height(), (int)width()));
            default:
                return program?.Sink(name, x) ?? throw text.Strange(name);
        }
    }
}
