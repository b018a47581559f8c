using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Declarations that were computed wrongly once, as small as they were shrunk, by what was wrong.</summary>
static class FoundCases
{
    public static IReadOnlyDictionary<string, Model> All { get; } = new Dictionary<string, Model>
    {
        ["an output that is a parameter"] = Parameter(shape: [3], Init.Glorot).Loss(SquaredError).Minimize(Sgd(1)),
        ["a gradient that the rule does not read"] = Input(1).Dense(1).Loss(SquaredError).Minimize(Rule.Of(g => Where(Less(0, 1), Param, g))),
        ["an epilogue that stores several values of one kind"] = (Pow(Input(1).Dense(1), 3) / 8).Loss(SoftmaxCrossEntropy).Minimize(Sgd(1)),
        ["an output of several rows"] = Outputs(),
        ["an output that is an input"] = InputOutput(),
        ["a comparison of numbers of the whole tensor"] = Input(1).Dense(2).Loss(SoftmaxCrossEntropy).Minimize(Rule.Of((g, m) => (g, Min(g, Mean(g))))),
        ["the same comparison in the loop that makes the numbers"] = Abs(Parameter(shape: [2], Init.Uniform(-1, 1))).Mean().Minimize(Rule.Of((g, m) => (g, Max(g, Sum(Abs(g)) * 0.1)))),
        ["a sign that went in and out of a factor for ever"] = Square(Parameter(0.5)).Minimize(Rule.Of(g => -Step * g * Mean(g))),
        ["a copy of a matrix that products read in panels"] = PanelCopy(),
        ["a copy along the columns of a slot"] = MatMul(Input(1), Parameter(shape: [1, 2], Init.Glorot)).Loss(SoftmaxCrossEntropy).Minimize(Rule.Of((g, m) => (g, Abs(g).Max(-1, keep: true)))),
        ["a vector down the rows of a square matrix"] = Input(5).Dense(5).Loss(SquaredError).Minimize(Rule.Of((g, m) => (g / (1 + Square(g).Mean(0, keep: true)), m))),
        ["a copy beside rows of rows"] = RowsOfRows(),
        ["an integer beside a matrix"] = IntegerBesideMatrix(),
        ["an identity matrix"] = IdentityMatrix(),
        ["a truth value that an epilogue stores"] = TruthFromProduct(),
        ["a truth value per row from memory"] = TruthPerRow(),
        ["a slot of one number that starts at a constant"] = Square(Parameter(0.75)).Minimize(Rule.Of(init: p => (p, 0.86), step: (g, m, v) => (g, 0.5 * m + v, v))),
        ["a comparison that is spelled first and stored later"] = ComparedAndStored(),
        ["a sum per row that is added down the rows of a square"] = SumDownRows(),
        ["two loops of one equation, the first of which writes where the second reads"] = OneAfterTheOther(),
        ["a label's one-hot row that meets a product"] = MatMul(Input([1, 1]), Parameter(shape: [1, 1], Init.Glorot)).Loss(NegativeLogLikelihood).Minimize(Sgd(1)),
        ["more functions than a loop may have"] = Enumerable.Range(0, 400).Aggregate(Input(3) * Parameter([3], Init.One), (x, i) => i % 2 == 0 ? x + 0.1 * Tanh(x) : x * Sigmoid(x)).Loss(SquaredError).Minimize(Adam(1e-3)),
        ["more numbers than a method may have"] = Enumerable.Range(0, 400).Aggregate(Parameter(0.5), (x, i) => i % 2 == 0 ? Sin(x) + 0.1 * i : x * Cos(x)).Minimize(Adam(1e-3)),
        ["more layers than a method may have"] = Enumerable.Range(0, 120).Aggregate(Input(2), (x, _) => x.Dense(2).Tanh()).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(ClipByGlobalNorm(1).Then(Adam(1e-3))),
        ["a slot of one number that counts"] = Square(Parameter(0.75)).Minimize(Rule.Of((g, m) => (0.1 * g, (Step + 1) / 3))),
        ["parameters that become what others were"] = Became(),
        ["a mean over the batch of one number in a row"] = Square(BatchMean((Input(5) * Parameter([5], Init.Glorot)).Sum(0).Reshape(1))).Sum().Minimize(Sgd(0.1)),
        ["truths made of shared truths, in an epilogue"] = Parity(Input(3).Dense(3)),
        ["truths made of shared truths, of numbers per row"] = Parity((Input(3) * Parameter([3], Init.One)).Sum(0)),
        ["stages that remember the weights before a climb"] = Square(Parameter([0.75, -2], "w")).Sum().Minimize(Sam(AddDecayedWeights(0.1).Then(Sgd(0.1)).Then(ProjectToBox(-1, 1)))),
        ["a step that gathers losses"] = (Parameter([2], Init.One) * Input(2)).Sum().Loss(SquaredError).Minimize(MultiSteps(PolyakStep(), 2)),
        ["remainders of numbers that a reciprocal misses"] = (Input(3) % 41 * Parameter([3], Init.One)).Sum().Loss(SquaredError).Minimize(Sgd(1e-6)),
        ["parameters and hyperparameters with the names of types"] = MatMul(MatMul(Input(5), Parameter([5, 3], Init.He, "v")).Tanh(), Parameter([3, 2], Init.He, "moves")).Tanh().Dense(2)
            .Loss(SquaredError).Minimize(ClipByGlobalNorm(Hyper("Step", 1)).Then(Scale(Hyper("Moves", 0.5))).Then(Scale(Hyper("Team", 0.5))).Then(Adam(0.1))),
        ["shared truths over indices"] = (Input(4).Dense(4) * Where(Board(24), Parameter([4], Init.One), 2)).Sum().Minimize(Sgd(0.01)),
        ["a hyperparameter's schedule of shared parts"] = Square(Parameter(0.75)).Minimize(Sgd(Hyper("lr", Folded(40)))),
        ["an input with the name of a type, in parts"] = Input([28, 28, 1], "nint").Conv2D(2, 5).Relu().MaxPool2D(4).Flatten().Dense(2).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.1)),
    };

    static Model Became()
    {
        var weights = Parameter([2], Init.One, "weights");
        Expr last = Untrained([2], name: "last", next: _ => weights), before = Untrained([2], name: "before", next: _ => last);
        return (Input(2) * weights + 0.1 * last - 0.2 * before).Loss(SquaredError).Minimize(Momentum(0.1));
    }

    static Model Parity(Expr x)
    {
        Expr odd = Less(x, 0);
        for (var i = 1; i < 40; i++) odd = Or(And(odd, Not(Less(x, 0.1 * i))), And(Not(odd), Less(x, 0.1 * i)));
        return Where(odd, x, 2 * x).Sum().Minimize(Sgd(0.1));
    }

    static Expr Board(int times)
    {
        Expr odd = Less(Indices(4), 2);
        for (var i = 0; i < times; i++) odd = Or(And(odd, Not(Equal(Indices(4), i % 4))), And(Not(odd), Equal(Indices(4), i % 4)));
        return odd;
    }

    static Expr Folded(int times)
    {
        var rate = Exp(-Step / 50);
        for (var i = 0; i < times; i++) rate = rate * (1 - 0.5 * rate);
        return rate;
    }

    static Model Outputs()
    {
        var x = Input([2, 3]) + Input(3).Dense(3);
        return (x.Loss((y, t) => Square(y - t).Sum()) + x.Sum(0).Loss(SquaredError)).Minimize(Sgd(0.1));
    }

    static Model InputOutput() => (Input([2, 1]).Loss((y, t) => Sqrt(1 + Square(y - t)).Sum()) + Abs(Input(1).Dense(1)).Mean()).Minimize(Sgd(1));

    static Model SumDownRows()
    {
        var square = Parameter(shape: [2, 2], Init.Glorot);
        return Square(square + square.Sum(-1) - 0.5).Mean().Minimize(Sgd(1));
    }

    static Model OneAfterTheOther()
    {
        var weights = Parameter(shape: [2, 2], Init.Glorot);
        return Square(weights - weights.Mean(-1, keep: true)).Sum()
            .Minimize(Rule.Of((g, m, v, a, b) => (Abs(a).Sum(0, keep: true), m + b, Min(m, a), v * g, Square(b).Mean(-1, keep: true) * g)));
    }

    static Model PanelCopy()
    {
        var weights = Parameter(shape: [2, 33], Init.Glorot);
        return (weights + MatMul(Input(2), weights)).Loss((y, t) => Square(y - t).Mean()).Minimize(Sgd(1));
    }

    static Model TruthFromProduct()
    {
        var weights = Parameter(shape: [1, 1], Init.Glorot);
        return Max(weights, MatMul(Input(1), weights)).Loss((y, t) => Softplus(-y * t).Mean()).Minimize(Sgd(1));
    }

    static Model ComparedAndStored()
    {
        var sum = Parameter(shape: [15], Init.Uniform(-1, 1)).Sum(0, keep: true);
        var bent = Where(Less(sum, 0.2), sum, 2 * sum);
        return Square(bent * bent.Mean() - 0.5).Mean().Minimize(Sgd(1));
    }

    static Model TruthPerRow()
    {
        var x = Input(1);
        return Min(x, x.Dense(1).Mean(0)).Loss((y, t) => Sqrt(1 + Square(y - t)).Sum()).Minimize(Sgd(1));
    }

    static Model IntegerBesideMatrix()
    {
        Expr label = IntegerInput(), w = Parameter(shape: [3, 2], Init.Glorot), v = Parameter(shape: [1], Init.Glorot);
        return ((w * Less(label, w)).Sum(0) + v * Less(label.Reshape(1), v)).Loss(SquaredError).Minimize(Sgd(0.1));
    }

    /// <summary>Indices count rows here, not columns.</summary>
    static Model IdentityMatrix()
    {
        Expr w = Parameter(shape: [3, 17], Init.Glorot), x = Input([4, 4]);
        var tilted = (x * (Eye(x) + 0.5)).Sum(0).Dense(17);
        return (tilted + MatMul(Input(3), w)).Loss(SquaredError).Minimize(
            Rule.Of(init: p => 0.5 * Eye(p), step: (g, l) => (MatMul(l + Eye(g), g), 0.5 * l + MatMul(g, Transpose(g)))).Only(p => p.Rank == 2).Then(Sgd(0.1)));
    }

    static Model RowsOfRows()
    {
        Expr x = Input([3, 5]), scale = Parameter(shape: [3], Init.Uniform(0.5, 1)), perRow = x.Mean(-1);
        return (x.Sum(0).Dense(3) * (perRow * scale + perRow.Sum(0, keep: true) * perRow)).Loss(SquaredError).Minimize(Sgd(0.1));
    }
}
