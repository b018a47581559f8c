using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The static class of emitted text that describes a model.</summary>
sealed class EmittedDescription
{
    readonly Reader reader;
    readonly Dictionary<string, object> rows = [];

    public EmittedDescription(Reader reader)
    {
        this.reader = reader;
        reader.Expect("file", "static", "class");
        while (!reader.Takes("new")) reader.Take();
        reader.Expect("(", ")", "{");
        while (!reader.Takes("Program"))
        {
            var name = reader.Take();
            reader.Expect("=");
            // What is made when somebody asks for it is only told.
            if (reader.Takes("(")) reader.Expect(")", "=>").Skip();
            else rows.Add(name, Value());
            reader.Expect(",");
        }
        // The choice of the vector is the same for all models.
        while (reader.Peek() != "{") reader.Take();
        reader.Skip();
        reader.Expect(",", "}", ";");
        // The methods that hold long tables.
        while (!reader.Takes("}"))
            if (reader.Peek() == "[") reader.Skip();
            else reader.Take();
    }

    public Definition<T> Definition<T>(Func<Workspace<T>, VectorWidth, StepProgram<T>> program) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
    {
        Model = (string)rows["Model"],
        Fingerprint = (string)rows["Fingerprint"],
        Columns = Rows("Columns", x => new Column((string)x[0], (bool)x[1], Dims(x[2]), (int)(double)x[3], (bool)x[4])),
        Outputs = Rows("Outputs", x => new OutputInfo((string)x[0], Dims(x[1]), (long)(double)x[2], (int)(double)x[3])),
        Parameters = Tensors("Parameters"),
        Slots = Tensors("Slots"),
        Gradients = Tensors("Gradients"),
        Hypers = rows.TryGetValue("Hypers", out var names) ? Array.ConvertAll((object[])names, n => (string)n) : [],
        Fixed = (long)(double)rows["Fixed"],
        PerExample = (long)(double)rows["PerExample"],
        Summary = Rows("Summary", x => new SummaryRow((string)x[0], (string)x[1], (long)(double)x[2], (long)(double)x[3])),
        Program = program,
    };

    R[] Rows<R>(string name, Func<object[], R> row) => Array.ConvertAll((object[])rows[name], x => row((object[])x));

    TensorInfo[] Tensors(string name) => Rows(name, x => new TensorInfo((string)x[0], Dims(x[1]), (int)(double)x[2], (long)(double)x[3], (Runtime.Start)x[4]));

    static int[] Dims(object list) => Array.ConvertAll((object[])list, n => (int)(double)n);

    object Value()
    {
        var word = reader.Take();
        switch (word)
        {
            case "[":
                return List("]");
            case "new":
                reader.Expect("(");
                return List(")");
            case "true" or "false":
                return word == "true";
            case "double":
                return double.Parse(reader.Expect(".").Take() switch { "NaN" => "NaN", "PositiveInfinity" => "Infinity", _ => "-Infinity" }, CultureInfo.InvariantCulture);
            case "-":
                return -(double)Value();
            case "Start":
                var kind = reader.Expect(".").Take();
                reader.Expect("(");
                return First(kind, List(")"));
            default:
                return word[0] == '"' ? Regex.Unescape(word[1..^1]) : double.Parse(word, CultureInfo.InvariantCulture);
        }
    }

    object[] List(string close)
    {
        var values = new List<object>();
        while (!reader.Takes(close))
        {
            values.Add(Value());
            if (reader.Peek() != close) reader.Expect(",");
        }
        return [.. values];
    }

    static Runtime.Start First(string kind, object[] x) => kind switch
    {
        "Constant" => Runtime.Start.Constant((double)x[0]),
        "Uniform" => Runtime.Start.Uniform((double)x[0], (double)x[1]),
        "Normal" => Runtime.Start.Normal((double)x[0], (double)x[1]),
        "Orthogonal" => Runtime.Start.Orthogonal((double)x[0]),
        "Values" => Runtime.Start.Values(Array.ConvertAll((object[])x[0], n => (double)n)),
        _ => throw new FormatException(kind),
    };
}
