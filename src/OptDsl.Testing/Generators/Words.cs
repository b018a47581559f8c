using static OptDsl.Dsl;

namespace OptDsl.Testing;

/// <summary>The words that random networks are written in.</summary>
internal static class Words
{
    /// <summary>Data.</summary>
    public static readonly Word
        Vector = new("Input({a})", (x, s) => Input(s[0])),
        Matrix = new("Input([{a}, {b}])", (x, s) => Input([s[0], s[1]])),
        Image = new("Input([{a}, {b}, {c}])", (x, s) => Input([s[0], s[1], s[2]])),
        Scalar = new("Input([])", (x, s) => Input([])),
        Integer = new("IntegerInput()", (x, s) => IntegerInput()),
        Integers = new("IntegerInput(shape: [{a}])", (x, s) => IntegerInput(shape: [s[0]]));

    /// <summary>What is trained.</summary>
    public static readonly Word
        Weights = new("Parameter(shape: [{a}, {b}], Init.Glorot)", (x, s) => Parameter(shape: [s[0], s[1]], Init.Glorot)),
        Gain = new("Parameter(shape: [{a}], Init.Uniform(-1, 1))", (x, s) => Parameter(shape: [s[0]], Init.Uniform(-1, 1))),
        Cube = new("Parameter(shape: [{a}, {b}, {c}], Init.Normal(0.5))", (x, s) => Parameter(shape: [s[0], s[1], s[2]], Init.Normal(0.5))),
        Number = new("Parameter(0.75)", (x, s) => Parameter(0.75)),
        Start = new("Parameter(start: [-1.5, 2, 0.25])", (x, s) => Parameter(start: [-1.5, 2, 0.25]));

    /// <summary>Rows per example → rows of another width.</summary>
    public static readonly IReadOnlyList<Word> Layers =
    [
        new("{0}.Dense({a})", (x, s) => x[0].Dense(s[0])),
        new("{0}.Dense({a}, Init.Glorot, Init.Normal(0.1))", (x, s) => x[0].Dense(s[0], Init.Glorot, Init.Normal(0.1))),
        new("{0}.Dense({a}).Named(\"part{b}\")", (x, s) => x[0].Dense(s[0]).Named("part" + s[1])),
        new("{0}.Named(\"scope{b}\", x => x.Dense({a}).Tanh())", (x, s) => x[0].Named("scope" + s[1], y => y.Dense(s[0]).Tanh())),
        new("{0}.Attention(1, causal: true)", (x, s) => x[0].Attention(1, causal: true)),
        new("{0}.Attention(2)", (x, s) => x[0].Attention(2)),
        new("{0}.Gru(3)", (x, s) => x[0].Gru(3)),
        new("{0}.Lstm(2)", (x, s) => x[0].Lstm(2)),
        new("{0}.Conv1D({a}, 3, padding: 1)", (x, s) => x[0].Conv1D(s[0], 3, padding: 1)),
    ];

    /// <summary>Of images.</summary>
    public static readonly IReadOnlyList<Word> Windows =
    [
        new("{0}.Conv2D(2, 3, padding: 1)", (x, s) => x[0].Conv2D(2, 3, padding: 1)),
        new("{0}.Conv2D(2, 2, stride: 2)", (x, s) => x[0].Conv2D(2, 2, stride: 2)),
        new("{0}.Conv2D({a}, 1)", (x, s) => x[0].Conv2D(s[0], 1)),
        new("{0}.Conv2D(4, 2, padding: 1, dilation: 2, groups: 2)", (x, s) => x[0].Conv2D(4, 2, padding: 1, dilation: 2, groups: 2)),
        new("{0}.DepthwiseConv2D(2)", (x, s) => x[0].DepthwiseConv2D(2)),
        new("{0}.ConvTranspose2D(1, 2, 2)", (x, s) => x[0].ConvTranspose2D(1, 2, 2)),
        new("{0}.MaxPool2D(2)", (x, s) => x[0].MaxPool2D(2)),
        new("{0}.MaxPool2D(3, 2, 1)", (x, s) => x[0].MaxPool2D(3, 2, 1)),
        new("{0}.AveragePool2D(2, 1)", (x, s) => x[0].AveragePool2D(2, 1)),
        new("{0}.GlobalAveragePool()", (x, s) => x[0].GlobalAveragePool()),
        new("{0}.GlobalMaxPool()", (x, s) => x[0].GlobalMaxPool()),
        new("{0}.Permute(1, 2, 0)", (x, s) => x[0].Permute(1, 2, 0)),
    ];

    /// <summary>Element by element, differentiable everywhere.</summary>
    public static readonly IReadOnlyList<Word> Smooth =
    [
        new("Tanh({0})", (x, s) => Tanh(x[0])),
        new("Sigmoid({0})", (x, s) => Sigmoid(x[0])),
        new("Softplus({0})", (x, s) => Softplus(x[0])),
        new("Gelu({0})", (x, s) => Gelu(x[0])),
        new("Sin({0})", (x, s) => Sin(x[0])),
        new("Cos({0})", (x, s) => Cos(x[0])),
        new("Exp(-Square({0}))", (x, s) => Exp(-Square(x[0]))),
        new("Log(1 + Square({0}))", (x, s) => Log(1 + Square(x[0]))),
        new("Sqrt(0.5 + Square({0}))", (x, s) => Sqrt(0.5 + Square(x[0]))),
        new("{0} / (1 + Square({0}))", (x, s) => x[0] / (1 + Square(x[0]))),
        new("{0} * Sigmoid({0})", (x, s) => x[0] * Sigmoid(x[0])),
        new("Pow({0}, 3) / 8", (x, s) => Pow(x[0], 3) / 8),
        new("Square({0})", (x, s) => Square(x[0])),
        new("-{0}", (x, s) => -x[0]),
        new("0.5 * {0}", (x, s) => 0.5 * x[0]),
        new("1 - {0}", (x, s) => 1 - x[0]),
        new("2 / (3 + Tanh({0}))", (x, s) => 2 / (3 + Tanh(x[0]))),
        new("{0} * RandomUniform({0}, 3)", (x, s) => x[0] * RandomUniform(x[0], 3)),
        new("{0}.Dropout(0.25)", (x, s) => x[0].Dropout(0.25)),
        new("Where(Learning, {0}, 0.5 * {0})", (x, s) => Where(Learning, x[0], 0.5 * x[0])),
        new("{0} + 0.1 * RandomNormal({0})", (x, s) => x[0] + 0.1 * RandomNormal(x[0])),
    ];

    /// <summary>Element by element, with a kink or a step.</summary>
    public static readonly IReadOnlyList<Word> Kinked =
    [
        new("Relu({0})", (x, s) => Relu(x[0])),
        new("Abs({0})", (x, s) => Abs(x[0])),
        new("Max({0}, 0.1)", (x, s) => Max(x[0], 0.1)),
        new("Min(0.4, {0})", (x, s) => Min(0.4, x[0])),
        new("Where(Less({0}, 0.2), {0}, 2 * {0})", (x, s) => Where(Less(x[0], 0.2), x[0], 2 * x[0])),
        new("Where(And(Less(-0.5, {0}), Not(Greater({0}, 0.5))), {0}, Tanh({0}))", (x, s) => Where(And(Less(-0.5, x[0]), Not(Greater(x[0], 0.5))), x[0], Tanh(x[0]))),
        new("Where(Or(Less({0}, -1), Equal({0}, 0)), 0.25 * {0}, {0})", (x, s) => Where(Or(Less(x[0], -1), Equal(x[0], 0)), 0.25 * x[0], x[0])),
        new("{0} * Sign({0})", (x, s) => x[0] * Sign(x[0])),
        new("{0} - 0.5 * Floor({0})", (x, s) => x[0] - 0.5 * Floor(x[0])),
        new("{0} % 0.7", (x, s) => x[0] % 0.7),
        new("{0} * GreaterEqual({0}, 0.1)", (x, s) => x[0] * GreaterEqual(x[0], 0.1)),
    ];

    /// <summary>Along the last dimension, the shape kept.</summary>
    public static readonly IReadOnlyList<Word> Rows =
    [
        new("Softmax({0})", (x, s) => Softmax(x[0])),
        new("{0} - {0}.Mean(-1, keep: true)", (x, s) => x[0] - x[0].Mean(-1, keep: true)),
        new("{0} / Sqrt(Square({0}).Mean(-1, keep: true) + 0.1)", (x, s) => x[0] / Sqrt(Square(x[0]).Mean(-1, keep: true) + 0.1)),
        new("{0} - {0}.Max(-1, keep: true)", (x, s) => x[0] - x[0].Max(-1, keep: true)),
        new("{0} + 0.1 * {0}.Sum(0, keep: true)", (x, s) => x[0] + 0.1 * x[0].Sum(0, keep: true)),
        new("{0} * {0}.Mean()", (x, s) => x[0] * x[0].Mean()),
        new("{0} / (1 + Norm({0}))", (x, s) => x[0] / (1 + Norm(x[0]))),
        new("{0}.GroupNorm(1, eps: 0.1)", (x, s) => x[0].GroupNorm(1, eps: 0.1)),
        new("{0} - BatchMean({0})", (x, s) => x[0] - BatchMean(x[0])),
        new("{0} / Sqrt(BatchMean(Square({0})) + 0.2)", (x, s) => x[0] / Sqrt(BatchMean(Square(x[0])) + 0.2)),
    ];

    /// <summary>To another shape.</summary>
    public static readonly IReadOnlyList<Word> Shapes =
    [
        new("{0}.Sum(-1)", (x, s) => x[0].Sum(-1)),
        new("{0}.Mean(0)", (x, s) => x[0].Mean(0)),
        new("{0}.Max(-1)", (x, s) => x[0].Max(-1)),
        new("{0}.Max()", (x, s) => x[0].Max()),
        new("{0}.Sum(0, keep: true)", (x, s) => x[0].Sum(0, keep: true)),
        new("{0}.Sum()", (x, s) => x[0].Sum()),
        new("LogSumExp({0})", (x, s) => LogSumExp(x[0])),
        new("{0}[{a}]", (x, s) => x[0][s[0]]),
        new("{0}.Slice({a}, {b})", (x, s) => x[0].Slice(s[0], s[1])),
        new("{0}.Slice({a}, {b}, axis: -1)", (x, s) => x[0].Slice(s[0], s[1], axis: -1)),
        new("Transpose({0})", (x, s) => Transpose(x[0])),
        new("{0}.Permute(1, 0)", (x, s) => x[0].Permute(1, 0)),
        new("{0}.Flatten()", (x, s) => x[0].Flatten()),
        new("{0}.Pad(0, 1, 2)", (x, s) => x[0].Pad(0, 1, 2)),
        new("{0}.Pad(-1, 0, 3)", (x, s) => x[0].Pad(-1, 0, 3)),
    ];

    /// <summary>What integers pick.</summary>
    public static readonly IReadOnlyList<Word> Picks =
    [
        new("OneHot({0}, {a})", (x, s) => OneHot(x[0], s[0])),
        new("{0}.Embedding(9, 4)", (x, s) => x[0].Embedding(9, 4)),
        new("{0}.Embedding({a}, 3)", (x, s) => x[0].Embedding(s[0], 3)),
    ];

    /// <summary>Of two values.</summary>
    public static readonly IReadOnlyList<Word> Pairs =
    [
        new("{0} + {1}", (x, s) => x[0] + x[1]),
        new("{0} + {1}", (x, s) => x[0] + x[1]),
        new("{0} - {1}", (x, s) => x[0] - x[1]),
        new("{0} * {1}", (x, s) => x[0] * x[1]),
        new("{0} / (1 + Square({1}))", (x, s) => x[0] / (1 + Square(x[1]))),
        new("Max({0}, {1})", (x, s) => Max(x[0], x[1])),
        new("Min({0}, {1})", (x, s) => Min(x[0], x[1])),
        new("Where(LessEqual({0}, {1}), {0}, 0.5 * {1})", (x, s) => Where(LessEqual(x[0], x[1]), x[0], 0.5 * x[1])),
        new("{0} * Less({1}, {0})", (x, s) => x[0] * Less(x[1], x[0])),
        new("Concat(0, {0}, {1})", (x, s) => Concat(0, x[0], x[1])),
        new("Concat(-1, {0}, {1})", (x, s) => Concat(-1, x[0], x[1])),
        new("MatMul({0}, Transpose({1}))", (x, s) => MatMul(x[0], Transpose(x[1]))),
        new("MatMul(Transpose({0}), {1})", (x, s) => MatMul(Transpose(x[0]), x[1])),
    ];

    /// <summary>Products.</summary>
    public static readonly Word
        Product = new("MatMul({0}, {1})", (x, s) => MatMul(x[0], x[1])),
        Back = new("MatMul({0}, Transpose({1}))", (x, s) => MatMul(x[0], Transpose(x[1]))),
        Constant = new("StopGradient({0})", (x, s) => StopGradient(x[0]));

    /// <summary>What a value costs: against a target that the data brings, or by itself.</summary>
    public static readonly IReadOnlyList<Word> Losses =
    [
        new("{0}.Loss(SquaredError)", (x, s) => x[0].Loss(SquaredError)),
        new("{0}.Loss(SoftmaxCrossEntropy)", (x, s) => x[0].Loss(SoftmaxCrossEntropy)),
        new("{0}.Loss((y, t) => Sqrt(1 + Square(y - t)).Sum())", (x, s) => x[0].Loss((y, t) => Sqrt(1 + Square(y - t)).Sum())),
        new("{0}.Loss((y, t) => Softplus(-y * t).Mean(), \"side{a}\")", (x, s) => x[0].Loss((y, t) => Softplus(-y * t).Mean(), "side" + s[0])),
    ];

    /// <inheritdoc cref="Losses"/>
    public static readonly IReadOnlyList<Word> Penalties =
    [
        new("Square({0}).Sum()", (x, s) => Square(x[0]).Sum()),
        new("{0}.Mean()", (x, s) => x[0].Mean()),
        new("Abs({0}).Mean()", (x, s) => Abs(x[0]).Mean()),
        new("Square({0} - 0.5).Mean()", (x, s) => Square(x[0] - 0.5).Mean()),
    ];
}
