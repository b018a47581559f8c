// Networks as people write them first.

partial class Digits
{
    [Compile]
    static Model Model =>
        Input(784).Dense(128).Relu().Dense(10)
            .Loss(SoftmaxCrossEntropy)
            .Minimize(AdamW(lr: Warmup(500) * Cosine(3e-4, steps: 20_000)));
}

partial class Regression
{
    [Compile]
    static Model Line() => Input(1).Dense(1).Loss(SquaredError).Minimize(Sgd(lr: 0.1));
}

partial class Rosenbrock
{
    static Expr Rosen(Expr w) => Square(1 - w[0]) + 100 * Square(w[1] - Square(w[0]));

    [Compile]
    static Model Model => Rosen(Parameter(start: [-1.5, 2])).Minimize(Adam(lr: 1e-2));
}

partial class TwoHeads
{
    [Compile]
    static Model Model
    {
        get
        {
            Expr trunk = Input(784).Dense(128).Relu().Named("trunk");
            return (trunk.Dense(10).Loss(SoftmaxCrossEntropy) + 0.3 * trunk.Dense(1).Loss(SquaredError)).Minimize(Sgd(lr: 0.1));
        }
    }
}

partial class Factorisation
{
    [Compile]
    static Model Model()
    {
        Expr w = Parameter(shape: [64, 16], Init.Glorot), user = Input(64, "user"), item = Input(64, "item");
        Expr score = (MatMul(user, w) * MatMul(item, w)).Sum();
        return Square(score - Input([], "rating")).Minimize(Momentum(lr: 0.01, mu: 0.95));
    }
}

partial class Autoencoder
{
    static readonly int[] widths = [784, 256, 64, 16];

    [Compile]
    static Model Model
    {
        get
        {
            var image = Input(widths[0], "image");
            var x = image;
            foreach (var width in widths[1..]) x = x.Dense(width, weights: Init.Glorot).Tanh();
            x = x.Named("encoder");
            for (var i = widths.Length - 2; i >= 0; i--) x = i == 0 ? x.Dense(widths[i]).Sigmoid() : x.Dense(widths[i]).Tanh();
            return Square(x - image).Mean().Minimize(Adam(1e-3));
        }
    }
}

static class MyLayers
{
    public static Expr Gated(this Expr x, int hidden = 64) => x + x.Dense(hidden).Relu().Dense(x.Shape[0]);

    public static Expr Mlp(this Expr x, params int[] widths) => widths.Aggregate(x, (y, width) => y.Dense(width).Relu());
}

partial class Residual
{
    [Compile]
    static Model Model => Input(32).Gated().Gated(hidden: 16).Mlp(8, 4).Dense(3).Loss(SoftmaxCrossEntropy, "label").Minimize(Adam(1e-3));
}

partial class Characters
{
    [Compile]
    static Model Model => IntegerInput("text", [8]).Embedding(27, 16).LayerNorm().Dense(32).Relu().Dense(27).Loss(SoftmaxCrossEntropy, "next").Minimize(Adam(1e-3));
}

partial class Convolutional
{
    static Expr Separable(Expr x, int filters, int stride) => x.DepthwiseConv2D(3, stride, padding: 1).Conv2D(filters, 1).Gelu();

    [Compile]
    static Model Model => Input([12, 12, 2]).Conv2D(4, 3, padding: 1, groups: 2).Relu().MaxPool2D(3, stride: 2, padding: 1)
        .Apply(x => Separable(x, filters: 8, stride: 2)).Named("body").ConvTranspose2D(4, 2, 2).AveragePool2D(2).GlobalAveragePool()
        .Dense(5).Loss(SoftmaxCrossEntropy).Minimize(Adam(1e-3));
}

partial class Transformer
{
    const int Length = 6, Width = 8;

    static Expr Block(Expr x)
    {
        x += x.LayerNorm().Attention(heads: 2, causal: true);
        return x + x.LayerNorm().Dense(4 * Width).Gelu().Dense(Width);
    }

    [Compile]
    static Model Model
    {
        get
        {
            var x = IntegerInput("text", [Length]).Embedding(20, Width) + Parameter([Length, Width], Init.Normal(0.02), "places");
            for (var n = 1; n <= 2; n++) x = x.Named($"block{n}", Block);
            return x.LayerNorm().Dense(20).Loss(SoftmaxCrossEntropy, "next").Minimize(AdamW(lr: 3e-4));
        }
    }
}

partial class Dropped
{
    [Compile]
    static Model Model => Input(20).Dropout(0.1).Dense(16).Relu().Dropout(Hyper("drop", 0.5), seed: 3)
        .Named("noisy", x => Where(Learning, x + 0.1 * RandomNormal(x), x)).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Adam(1e-3));
}

partial class Tied
{
    [Compile]
    static Model Model
    {
        get
        {
            var embedding = Parameter([50, 8], Init.Normal(0.1), "embedding");
            var x = MatMul(Input(50), embedding);
            return MatMul(x, Transpose(embedding)).Loss(SoftmaxCrossEntropy).Minimize(Sgd(0.5));
        }
    }
}

partial class Scopes
{
    static Expr Block(Expr x, int n) => x.Named($"block{n}", y => y.Dense(16).Relu().Dense(16));

    [Compile]
    static Model Model
    {
        get
        {
            Expr x = Input(16);
            for (var n = 1; n <= 3; n++) x += Block(x, n);
            return x.Softplus().Dense(1).Loss(SquaredError).Minimize(Adam(lr: 1e-3, b1: 0.8));
        }
    }
}

partial class Penalised
{
    const double Decay = 1e-4;

    [Compile]
    static Model Model
    {
        get
        {
            Expr w = Parameter([10, 3], Init.Uniform(-0.1, 0.1), name: "w"), b = Parameter([3]);
            var logits = MatMul(Input(10), w) + b;
            return (logits.Loss(SoftmaxCrossEntropy) + Decay * Square(w).Sum()).Minimize(Sgd(InverseTime(0.1, 1e-3)));
        }
    }
}

partial class Standardized
{
    [Compile]
    static Model Model => Input(13).Standardize().Dense(1).Loss(SquaredError).Minimize(AdamW(lr: 0.01));
}

partial class Remembered
{
    [Compile]
    static Model Model => Input([3, 2]).Gru(5).Lstm(4, recurrent: Init.Glorot)[^1].Dense(1).Loss(SquaredError).Minimize(ClipByGlobalNorm(1).Then(Adam(lr: 1e-3)));
}

partial class Regularised
{
    [Compile]
    static Model Model
    {
        get
        {
            var h = Input(6).Dense(8).Relu();
            return (h.Dense(2).Loss(SquaredError) + 1e-3 * Abs(h).Sum()).L1(1e-4).L2(1e-3, only: p => p.Rank > 1)
                .Minimize(Sgd(0.1).Then(ProjectToMaxNorm(3)));
        }
    }
}

partial class OwnLoss
{
    static LossFunction Huber(double delta) => (y, t) =>
    {
        var e = Abs(y - t);
        return Where(e < delta, 0.5 * Square(e), delta * (e - 0.5 * delta)).Mean();
    };

    [Compile]
    static Model Model => Input(4).Dense(8).Tanh().Dense(2).Loss(Huber(1.5)).Minimize(Adam(1e-3));
}

partial class NearlyLinear
{
    static Expr Layer(Expr x) => x.Dense(8, Init.Orthogonal(), bias: Init.Constant(0.01)).Tanh();

    [Compile]
    static Model Model => Layer(Layer(Layer(Input(12)))).Dense(3, Init.Orthogonal(gain: 0.5)).Loss(SquaredError).Minimize(Sgd(lr: 0.1));
}

partial class Tracked
{
    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(6);
            var largest = Untrained([6], Init.One, "largest", next: before => Max(0.99 * before, BatchMean(Abs(x))));
            return (x / largest).Dense(4).BatchNorm(momentum: 0.05).Relu().Dense(1).Loss(SquaredError).Minimize(AdamW(lr: 0.01));
        }
    }
}

partial class Tokens
{
    [Compile(Precision = Precision.Double)]
    static Model Model
    {
        get
        {
            var token = IntegerInput("token");
            var next = IntegerInput(name: "next");
            var z = OneHot(token, 27).Dense(27);
            return (LogSumExp(z) - (OneHot(next, 27) * z).Sum()).Minimize(Sgd(lr: 50));
        }
    }
}

partial class Lean
{
    [Compile]
    static Model Model => Input(20).Dense(40).Relu().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr: 1e-3)).MemoryBudget(bytes: 10_000, examples: 8);
}
