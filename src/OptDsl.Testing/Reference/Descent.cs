using OptDsl.Compiler;
using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>What a rule does to a function, step by step, as the reference computes it in double: a model with state that can be set.</summary>
internal sealed class Descent
{
    readonly Graph graph;
    readonly Interpreter<Real64> run;

    /// <summary>A model whose parameters start as a learner's of this seed do.</summary>
    public Descent(Model model, int seed = 0, params IEnumerable<(string Name, double[] Numbers)> data)
    {
        graph = ModelCompiler.Optimize(model);
        run = new(graph);
        foreach (var (name, numbers) in data) run.Data[name] = numbers;
        foreach (var parameter in model.Trained) this[parameter.Path] = parameter.First<double>(seed);
        run.Start();
    }

    /// <summary>A function of one vector w.</summary>
    public Descent(Func<Expr, Expr> loss, Rule rule, double[] start, params IEnumerable<(string Name, double[] Numbers)> data)
        : this(loss(Dsl.Parameter(start, "w")).Minimize(rule.Anywhere()), 0, data)
    {
    }

    /// <summary>The present w; set, the rule goes on from there.</summary>
    public double[] At { get => this["w"]; set => this["w"] = value; }

    /// <summary>A parameter, or a slot (<c>w/v</c>).</summary>
    public double[] this[string path]
    {
        get => Numbers(run.State[path]);
        set => run.State[path] = Array.ConvertAll(value, Real64.Create);
    }

    /// <summary>How many steps are done; set, it is as if so many were.</summary>
    public long Steps { get => run.Step; set => run.Step = value; }

    public double Loss => LossOf(1);

    public double[] Gradient => GradientOf("w");

    public double LossOf(int examples) => Evaluate(graph.Roots.Loss, examples)[0];

    public double[] GradientOf(string parameter, int examples = 1) => Evaluate(graph.Roots.Gradients.First(g => g.Name == parameter).Value, examples);

    /// <summary>The first output.</summary>
    public double[] Predict(int examples = 1) => Evaluate(graph.Roots.Outputs[0].Value, examples);

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

    double[] Evaluate(Value value, int examples) => Numbers(run.Evaluate(examples, [value])[value]);

    static double[] Numbers(Real64[] values) => Array.ConvertAll(values, x => x.Number);
}
