using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>What a rule does to a function of one tensor w, step by step, as the reference computes it in double.</summary>
internal sealed class Descent
{
    readonly Graph graph;
    readonly Interpreter<Real64> run;

    /// <summary>A function that uses its argument alone, or data by name as well.</summary>
    public Descent(Func<Expr, Expr> loss, Rule rule, double[] start, params IEnumerable<(string Name, double[] Numbers)> data)
    {
        graph = ModelCompiler.Optimize(loss(Dsl.Parameter(start, "w")).Minimize(rule));
        run = new(graph);
        foreach (var (name, numbers) in data) run.Data[name] = numbers;
        At = start;
        run.Start();
    }

    /// <summary>The present point.</summary>
    public double[] At
    {
        get => this["w"];
        private set => run.State["w"] = Array.ConvertAll(value, Real64.Create);
    }

    /// <summary>A slot by its path, <c>w/v</c>.</summary>
    public double[] this[string path] => Array.ConvertAll(run.State[path], x => x.Number);

    /// <summary>How many steps are done; set, it is as if so many were.</summary>
    public long Steps { get => run.Step; set => run.Step = value; }

    public double Loss => Evaluate(graph.Roots.Loss)[0];

    public double[] Gradient => Evaluate(graph.Roots.Gradients[0].Value);

    /// <summary>One step; returns the loss before it.</summary>
    public double Step(int examples = 1) => run.Learn(examples).Number;

    /// <summary>One step on data; every column brings as many examples.</summary>
    public double Step(int examples, params IEnumerable<(string Name, double[] Numbers)> data)
    {
        foreach (var (name, numbers) in data) run.Data[name] = numbers;
        return Step(examples);
    }

    /// <summary>The present point and those after each step.</summary>
    public double[][] Walk(int steps)
    {
        var path = new double[steps + 1][];
        for (var k = 0; k <= steps; k++)
        {
            path[k] = At;
            if (k < steps) Step();
        }
        return path;
    }

    double[] Evaluate(Value value) => Array.ConvertAll(run.Evaluate(1, [value])[value], x => x.Number);
}
