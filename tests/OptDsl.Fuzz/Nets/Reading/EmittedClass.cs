using System.Globalization;
using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>
/// Emitted text, read and run without a compiler, which takes ten times as long as all else for a network of a few small steps. It knows
/// the words that are emitted and no others, and calls the same runtime. The class with the typed doors is left to the texts that are compiled.
/// </summary>
sealed class EmittedClass
{
    readonly Reader reader;
    readonly EmittedDescription description;

    public EmittedClass(string emitted)
    {
        reader = Reader.Of(emitted[emitted.IndexOf("namespace OptDsl.Generated", StringComparison.Ordinal)..]);
        reader.Expect("namespace", "OptDsl", ".", "Generated", "{");
        while (reader.Takes("using")) while (!reader.Takes(";")) reader.Take();
        description = new(reader);
        while (!reader.Takes("}"))
        {
            reader.Expect("file");
            if (reader.Takes("readonly")) Sink();
            else Steps();
        }
        if (!reader.IsAtEnd) throw reader.Strange(reader.Peek());
    }

    /// <summary>The memory of every value, in order.</summary>
    public List<(string Name, bool IsBatched, long Offset)> Places { get; } = [];

    /// <summary>The methods of the class: what they are given, and where their bodies begin.</summary>
    public Dictionary<string, ((string Type, string Name)[] Formals, int Body)> Overrides { get; } = [];

    /// <inheritdoc cref="Overrides"/>
    public Dictionary<string, ((string Type, string Name)[] Formals, int Body)> Kernels { get; } = [];

    /// <summary>The sinks: their fields, what Store is given, and where its body begins.</summary>
    public Dictionary<string, ((string Type, string Name)[] Fields, (string Type, string Name)[] Formals, int Body)> Sinks { get; } = [];

    /// <summary>The text from a place on.</summary>
    public Reader At(int place) => reader.From(place);

    /// <summary>What a learner is made of.</summary>
    public Definition<T> Definition<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => description.Definition<T>((workspace, width) => width switch
    {
        VectorWidth.Bits512 => new EmittedProgram<Vec512<T>, T>(this, workspace),
        VectorWidth.Bits256 => new EmittedProgram<Vec256<T>, T>(this, workspace),
        VectorWidth.Bits128 => new EmittedProgram<Vec128<T>, T>(this, workspace),
        _ => new EmittedProgram<Vec1<T>, T>(this, workspace),
    });

    void Sink()
    {
        reader.Expect("struct");
        var name = reader.Take();
        var fields = Formals();
        while (!reader.Takes("{")) reader.Take();
        Attribute();
        reader.Expect("public", "void", "Store", "<", "V", ">");
        var formals = Formals();
        while (reader.Peek() != "{") reader.Take();
        Sinks.Add(name, (fields, formals, reader.Skip()));
        reader.Expect("}");
    }

    void Steps()
    {
        reader.Expect("sealed", "class");
        var name = reader.Take();
        var fields = new HashSet<string>();
        while (!reader.Takes("{")) reader.Take();
        while (!reader.Takes("}"))
        {
            Attribute();
            if (reader.Takes("readonly") || reader.Peek() == "Buffer")
            {
                Type();
                do fields.Add(reader.Take());
                while (reader.Takes(","));
                reader.Expect(";");
            }
            else if (reader.Takes("static"))
            {
                reader.Expect("void");
                Kernels.Add(reader.Take(), (Formals(), reader.Skip()));
            }
            else if (reader.Takes("protected") || (reader.Peek() != "void" && reader.Expect("public").Peek() == "override"))
            {
                reader.Expect("override");
                Type();
                Overrides.Add(reader.Take(), (Formals(), reader.Skip()));
            }
            else if (reader.Takes("void"))
            {
                reader.Take();
                Formals();
                Reserve(fields);
            }
            else Constructor(name, fields);
        }
        if (fields.Count > 0) throw new FormatException($"no memory for {string.Join(", ", fields)}");
    }

    void Constructor(string name, HashSet<string> fields)
    {
        reader.Expect(name);
        Formals();
        reader.Expect(":", "base", "(", "workspace", ")");
        Reserve(fields);
    }

    /// <summary>Fields get their places, or a method is called that gives them.</summary>
    void Reserve(HashSet<string> fields)
    {
        reader.Expect("{");
        while (!reader.Takes("}"))
        {
            var field = reader.Take();
            if (reader.Peek() == "(")
            {
                reader.Expect("(", "workspace", ")", ";");
                continue;
            }
            if (!fields.Remove(field)) throw reader.Strange(field);
            var isBatched = reader.Expect("=", "workspace", ".").Take() == "Batched";
            Places.Add((field, isBatched, long.Parse(reader.Expect("(").Take(), CultureInfo.InvariantCulture)));
            reader.Expect(")", ";");
        }
    }

    void Attribute()
    {
        if (reader.Peek() == "[") reader.Skip();
    }

    string Type()
    {
        var type = reader.Take();
        if (!reader.Takes("<")) return type;
        type = $"{type}<{reader.Take()}>";
        reader.Expect(">");
        return type;
    }

    (string Type, string Name)[] Formals()
    {
        var formals = new List<(string, string)>();
        reader.Expect("(");
        while (!reader.Takes(")"))
        {
            formals.Add((Type(), reader.Take()));
            if (reader.Peek() != ")") reader.Expect(",");
        }
        return [.. formals];
    }
}
