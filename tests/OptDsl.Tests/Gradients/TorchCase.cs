using System.Globalization;
using OptDsl.Compiler;
using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What PyTorch computed: tensors by name, the loss and its gradients. It makes the words of a declaration for them, and checks the declared loss.</summary>
sealed class TorchCase
{
    /// <summary>Of the largest element of a tensor.</summary>
    public const double Limit = 1e-12;

    sealed record Tensor(string Kind, string Name, int[] Shape, double[] Numbers);

    readonly Dictionary<string, Tensor> given = [], gradients = [];
    readonly Dictionary<string, Expr> words = [];
    double loss;

    TorchCase(string name) => Name = name;

    public string Name { get; }

    int Examples => given.Values.First(t => t.Kind != "parameter").Shape[0];

    /// <summary>A tensor in the declaration: data, or the example's row of a trained table, whose gradient is then that of each example.</summary>
    public Expr this[string name] => words.TryGetValue(name, out var word) ? word : words[name] = Word(given[name]);

    Expr Word(Tensor tensor) => tensor switch
    {
        { Kind: "parameter" } => Parameter(shape: tensor.Shape, name: tensor.Name),
        { Kind: "integers" } => IntegerInput(tensor.Name, tensor.Shape[1..]),
        { Kind: "data" } => Input(tensor.Shape[1..], tensor.Name),
        _ => MatMul(OneHot(Row, Examples), Parameter(shape: [Examples, tensor.Numbers.Length / Examples], name: tensor.Name)).Reshape(tensor.Shape[1..]),
    };

    Expr Row => words.TryGetValue("row", out var row) ? row : words["row"] = IntegerInput("row");

    /// <exception cref="MismatchException">The loss or a gradient is another one.</exception>
    public void Check(Func<TorchCase, Expr> declare)
    {
        var y = declare(this);
        var model = (given.ContainsKey("c") ? (y * this["c"]).Sum() : y).Minimize(Sgd(1));
        var graph = ModelCompiler.Optimize(model);
        var interpreter = new Interpreter<Real64>(graph) { Data = { ["row"] = [.. Enumerable.Range(0, Examples).Select(i => (double)i)] } };
        foreach (var tensor in given.Values)
            if (tensor.Kind is "data" or "integers") interpreter.Data[tensor.Name] = tensor.Numbers;
            else interpreter.State[tensor.Name] = Array.ConvertAll(tensor.Numbers, Real64.Create);
        var values = interpreter.Evaluate(Examples, graph.Roots.Gradients.Select(g => g.Value).Prepend(graph.Roots.Loss));
        Compare("the loss", values[graph.Roots.Loss], [loss]);
        var trained = model.Parameters.Where(p => !p.IsFixed).Select(p => p.Path).ToHashSet();
        var found = graph.Roots.Gradients.Where(g => trained.Contains(g.Name)).ToDictionary(g => g.Name, g => values[g.Value]);
        if (!found.Keys.Order(StringComparer.Ordinal).SequenceEqual(gradients.Keys.Order(StringComparer.Ordinal))) throw new MismatchException($"there are gradients of {string.Join(", ", found.Keys)}");
        foreach (var (name, wanted) in gradients) Compare($"the gradient of {name}", found[name], wanted.Numbers);
    }

    static void Compare(string what, Real64[] found, double[] wanted)
    {
        var largest = wanted.Max(Math.Abs);
        if (found.Length != wanted.Length) throw new MismatchException($"{what} has {found.Length} elements");
        for (var i = 0; i < wanted.Length; i++)
            if (!(Math.Abs(found[i].Number - wanted[i]) <= Limit * largest)) throw new MismatchException(FormattableString.Invariant($"{what}[{i}] is {found[i].Number:R}, PyTorch's {wanted[i]:R}"));
    }

    /// <summary>The recorded cases, by name.</summary>
    public static IReadOnlyDictionary<string, TorchCase> All { get; } = Read().ToDictionary(c => c.Name);

    static IEnumerable<TorchCase> Read()
    {
        TorchCase? at = null;
        foreach (var line in Repository.Text("tests/OptDsl.Tests/Gradients/torch_values.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split(" | ") is not [var heading, var numbers])
            {
                if (at is not null) yield return at;
                at = new(line["case ".Length..]);
                continue;
            }
            if (heading.Split(' ') is not [var kind, var name, .. var shape]) throw new FormatException(line);
            var tensor = new Tensor(kind, name, Array.ConvertAll(shape, n => int.Parse(n, CultureInfo.InvariantCulture)), Array.ConvertAll(numbers.Split(' '), n => double.Parse(n, CultureInfo.InvariantCulture)));
            if (kind == "loss") at!.loss = tensor.Numbers[0];
            else (kind == "gradient" ? at!.gradients : at!.given).Add(name, tensor);
        }
        yield return at!;
    }
}
