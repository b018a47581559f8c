using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>Statements of emitted text → what they do.</summary>
sealed class Statements<V, T>(Reader text, EmittedProgram<V, T>? program) : Expressions<V, T>(text, program)
    where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The functions inside a method, which stand at its end.</summary>
    readonly Dictionary<string, Action> functions = [];

    /// <summary>What is returned.</summary>
    public Term? Result { get; private set; }

    /// <summary>Variables that a caller sets, in order.</summary>
    public Cell[] Declare(IEnumerable<(string Type, string Name)> formals) => [.. formals.Select(f => Scope.Declare(f.Name, Make(f.Type)))];

    public Action Block()
    {
        var outer = Scope;
        Scope = new(outer);
        var actions = new List<Action>();
        Text.Expect("{");
        while (!Text.Takes("}")) actions.Add(Statement());
        Scope = outer;
        Action[] all = [.. actions];
        return () =>
        {
            foreach (var action in all) action();
        };
    }

    static Cell Make(string type) => type switch
    {
        "nint" or "int" => new Cell<nint>(),
        "double" => new Cell<double>(),
        "float" => new Cell<float>(),
        "V" => new Cell<V>(),
        "Buffer<int>" => new Cell<Buffer<int>>(),
        "Buffer<float>" => new Cell<Buffer<float>>(),
        "Buffer<double>" => new Cell<Buffer<double>>(),
        _ => throw new FormatException(type),
    };

    Action Statement()
    {
        if (Text.Takes("void")) return Function(Text.Take());
        // What follows a return would never run.
        if (Result is not null) throw Text.Strange(Text.Peek());
        if (Text.Peek() == "{") return Block();
        if (Text.Takes("for")) return Loop();
        if (Text.Takes("if")) return Guarded();
        var action = Simple(Text.Take());
        Text.Expect(";");
        return action;
    }

    Action Simple(string word)
    {
        switch (word)
        {
            case "return":
                Result = Expression();
                return () => { };
            case "var" or "double":
                var name = Text.Take();
                Text.Expect("=");
                var value = Expression();
                return Scope.Declare(name, word == "var" ? value.Variable() : Make(word)).Assign(value);
            case "V":
                return Store();
            case "CheckLoss" when Program is not null:
                var loss = Arguments()[0].As<double>();
                return () => Program.Check(loss());
            case "Moves" or "Reductions" or "Layouts" or "MatMul" or "Orthonormal" or "Windows" or "Frames" when Program is not null:
                if (Text.Peek() == "<") Generic();
                Text.Expect(".");
                var method = Text.Take();
                if (Text.Peek() == "<") Generic();
                return Calls<V, T>.Of(word + "." + method, Arguments()) ?? throw Text.Strange(method);
        }
        if (Text.Peek() == "(" && Program is not null) return Program.IsKernel(word) ? Program.Call(word, Arguments()) : Inside(word, Arguments());
        return Assignment(Variable(word));
    }

    Action Function(string name)
    {
        Text.Expect("(", ")");
        var outside = Result;
        Result = null;
        functions.Add(name, Block());
        if (Result is not null) throw Text.Strange("return");
        Result = outside;
        return () => { };
    }

    Action Inside(string name, Term[] arguments) => arguments.Length == 0 ? () => functions[name]() : throw Text.Strange(name);

    /// <summary>All that is emitted is generic over the same vector and number.</summary>
    void Generic() => Text.Expect("<", "V", ",", typeof(T) == typeof(float) ? "float" : "double", ">");

    Action Store()
    {
        Text.Expect(".", "Store");
        if (Arguments() is not [var x, var p, var i]) throw Text.Strange("Store");
        return Store(x.As<V>(), p.As<Buffer<T>>(), i.As<nint>());
    }

    static Action Store(Func<V> x, Func<Buffer<T>> p, Func<nint> i) => () => V.Store(x(), p(), i());

    Action Assignment(Cell cell)
    {
        if (Text.Takes("+=")) return cell.Assign(Operators<V, T>.Binary("+", cell.Term, Expression()));
        if (cell is Cell<Lanes<V, T>> lanes)
        {
            Text.Expect(".");
            var isSum = Text.Take() switch { "Add" => true, "Max" => false, var other => throw Text.Strange(other) };
            if (Arguments() is not [var x, var at]) throw Text.Strange("Lanes");
            return Reduce(lanes, isSum, x.As<V>(), at.As<nint>());
        }
        var buffer = cell.Term.As<Buffer<T>>();
        var i = Arguments("[", "]")[0].As<nint>();
        Text.Expect("=");
        var value = Expression().As<T>();
        return () =>
        {
            var to = buffer();
            to[i()] = value();
        };
    }

    static Action Reduce(Cell<Lanes<V, T>> lanes, bool isSum, Func<V> x, Func<nint> i) => isSum ? () => lanes.Value.Add(x(), i()) : () => lanes.Value.Max(x(), i());

    Action Guarded()
    {
        var test = Arguments()[0].As<bool>();
        var body = Block();
        return () =>
        {
            if (test()) body();
        };
    }

    Action Loop()
    {
        var outer = Scope;
        Scope = new(outer);
        Text.Expect("(", "nint");
        var name = Text.Take();
        var i = Scope.Declare(name, new Cell<nint>());
        Text.Expect("=", "0", ";", name, "<");
        var end = Expression().As<nint>();
        Text.Expect(";", name);
        nint step = 1;
        if (!Text.Takes("++"))
        {
            Text.Expect("+=");
            if (!nint.TryParse(Text.Take(), out step))
            {
                Text.Expect(".", "Count");
                step = V.Count;
            }
        }
        Text.Expect(")");
        var body = Block();
        Scope = outer;
        return () =>
        {
            for (i.Value = 0; i.Value < end(); i.Value += step) body();
        };
    }
}
