using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>A rule on a bench: gradients are given to it, weights are read. The loss is ⟨w, g⟩ with g from the data, so its gradient is g.</summary>
internal sealed class RuleBench
{
    readonly Graph graph;

    /// <exception cref="OptDslException">The rule does not fit the shape.</exception>
    public RuleBench(Rule rule, Shape shape)
    {
        (Rule, Shape) = (rule, shape);
        Model = (Dsl.Parameter(shape.ToArray(), Init.Zero, "w") * Dsl.Input(shape.ToArray(), "g")).Sum().Minimize(rule.Anywhere());
        graph = Lower.Run(Model);
    }

    public Rule Rule { get; }

    public Shape Shape { get; }

    public Model Model { get; }

    /// <summary>Every element goes its own way: nothing of the equations adds, compares, moves or numbers elements of a tensor.</summary>
    public bool IsElementwise => Equations.All(e => (e.Op.Kind != PrimitiveKind.Structural || e.Op == Primitive.Hyper) && e.Op != Primitive.Total && e.Op != Primitive.Loss && e.Op != Primitive.Random);

    public bool ReadsGradient => Equations.Any(e => e.Op == Primitive.Gradient);

    public bool ReadsParam => Equations.Any(e => e.Op == Primitive.Parameter);

    public bool ReadsNoise => Equations.Any(e => e.Op == Primitive.Random);

    public bool ReadsStep => Equations.Any(e => e.Op == Primitive.Step);

    /// <summary>What the step and the slots are made of; a reduction that is no more than the bench's own is not among them.</summary>
    IEnumerable<Expr> Equations => Model.Updates.SelectMany(u => Dag.PostOrder([u.Step, .. u.Slots.Select(s => s.Next)]));

    /// <summary>A shape that the rule fits: a vector, else a matrix.</summary>
    public static RuleBench Of(Rule rule)
    {
        try
        {
            return new(rule, new(5));
        }
        catch (OptDslException)
        {
            return new(rule, new(3, 4));
        }
    }

    /// <summary>The weights after each step.</summary>
    public IEnumerable<double[]> Run<S>(double[] weights, IEnumerable<double[]> gradients) where S : struct, IScalar<S> =>
        Exactly<S>(weights, gradients).Select(w => Array.ConvertAll(w, x => x.Value));

    /// <summary>The same, with all digits.</summary>
    public IEnumerable<S[]> Exactly<S>(double[] weights, IEnumerable<double[]> gradients) where S : struct, IScalar<S>
    {
        var interpreter = new Interpreter<S>(graph);
        interpreter.State["w"] = Array.ConvertAll(weights, S.Create);
        interpreter.Start();
        foreach (var g in gradients)
        {
            interpreter.Data["g"] = g;
            interpreter.Learn(1);
            yield return interpreter.State["w"];
        }
    }

    /// <summary>The weights after each step where the gradient follows from the weights.</summary>
    public IEnumerable<double[]> Descend(double[] weights, Func<double[], double[]> gradient)
    {
        var at = weights;
        foreach (var next in Run<Real64>(weights, Gradients())) yield return at = next;

        IEnumerable<double[]> Gradients()
        {
            while (true) yield return gradient(at);
        }
    }
}
