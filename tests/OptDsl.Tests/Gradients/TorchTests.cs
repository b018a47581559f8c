using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Every layer, function and loss that PyTorch has too has its values and gradients; torch_values.py records them.</summary>
public class TorchTests
{
    /// <summary>By the recorded name, whose first word is the library's: what is declared.</summary>
    static readonly Dictionary<string, Func<TorchCase, Expr>> declared = new()
    {
        ["Dense"] = c => c["x"].Dense(5),
        ["Dense rows"] = c => c["x"].Dense(5),
        ["Dense 17 of 33"] = c => c["x"].Dense(17),
        ["Embedding"] = c => c["i"].Embedding(5, 3),
        ["LayerNorm"] = c => c["x"].LayerNorm(),
        ["LayerNorm rows eps=0.1"] = c => c["x"].LayerNorm(0.1),
        ["LayerNorm equal"] = c => c["x"].LayerNorm(),
        ["PRelu"] = c => c["x"].PRelu(),
        ["BatchNorm"] = c => c["x"].BatchNorm(),
        ["BatchNorm pixels eps=0.1"] = c => c["x"].BatchNorm(eps: 0.1),
        ["GroupNorm"] = c => c["x"].GroupNorm(2),
        ["GroupNorm pixels"] = c => c["x"].GroupNorm(2),
        ["Gru"] = c => c["x"].Gru(4),
        ["Gru last of 17 units"] = c => c["x"].Gru(17)[^1],
        ["Lstm"] = c => c["x"].Lstm(4),
        ["Lstm last of 17 units"] = c => c["x"].Lstm(17)[^1],

        ["Conv2D"] = c => c["x"].Conv2D(3, 3),
        ["Conv2D stride=2 padding=1"] = c => c["x"].Conv2D(3, 3, stride: 2, padding: 1),
        ["Conv2D padding=2 dilation=2"] = c => c["x"].Conv2D(2, 3, padding: 2, dilation: 2),
        ["Conv2D groups=2"] = c => c["x"].Conv2D(6, 2, groups: 2),
        ["Conv2D stride=3 padding=1 dilation=2 groups=3"] = c => c["x"].Conv2D(6, 2, stride: 3, padding: 1, dilation: 2, groups: 3),
        ["Conv1D"] = c => c["x"].Conv1D(4, 3),
        ["Conv1D stride=2 padding=2 dilation=2 groups=2"] = c => c["x"].Conv1D(2, 3, stride: 2, padding: 2, dilation: 2, groups: 2),
        ["DepthwiseConv2D"] = c => c["x"].DepthwiseConv2D(3),
        ["DepthwiseConv2D stride=2 padding=1 dilation=2"] = c => c["x"].DepthwiseConv2D(2, stride: 2, padding: 1, dilation: 2),
        ["ConvTranspose2D"] = c => c["x"].ConvTranspose2D(3, 3),
        ["ConvTranspose2D stride=2 padding=1"] = c => c["x"].ConvTranspose2D(2, 3, stride: 2, padding: 1),
        ["MaxPool2D"] = c => c["x"].MaxPool2D(2),
        ["MaxPool2D stride=2 padding=1"] = c => c["x"].MaxPool2D(3, stride: 2, padding: 1),
        ["MaxPool2D stride=1 padding=1 dilation=2"] = c => c["x"].MaxPool2D(3, stride: 1, padding: 1, dilation: 2),
        ["MaxPool2D of equal pixels"] = c => c["x"].MaxPool2D(3, stride: 2, padding: 1),
        ["AveragePool2D"] = c => c["x"].AveragePool2D(2),
        ["AveragePool2D stride=2 padding=1"] = c => c["x"].AveragePool2D(3, stride: 2, padding: 1),
        ["GlobalAveragePool"] = c => c["x"].GlobalAveragePool(),
        ["GlobalMaxPool"] = c => c["x"].GlobalMaxPool(),
        ["GlobalMaxPool of equal pixels"] = c => c["x"].GlobalMaxPool(),
        ["Unfold"] = c => c["x"].Unfold(2, 3),
        ["Unfold stride=2 padding=1 dilation=2"] = c => c["x"].Unfold(3, 2, stride: 2, padding: 1, dilation: 2),
        ["Fold"] = c => c["x"].Fold(4, 4, 2, 3),
        ["Fold stride=2 padding=1 dilation=2"] = c => c["x"].Fold(5, 6, 3, 2, stride: 2, padding: 1, dilation: 2),
        ["Attention"] = c => c["x"].Attention(2),
        ["Attention causal"] = c => c["x"].Attention(1, causal: true),
        ["Attention mask"] = c => c["x"].Attention(2, mask: c["mask"]),
        ["Attention memory"] = c => c["x"].Attention(3, memory: c["y"]),

        ["Relu"] = c => Relu(c["x"]),
        ["LeakyRelu"] = c => LeakyRelu(c["x"]),
        ["LeakyRelu slope=0.2"] = c => LeakyRelu(c["x"], 0.2),
        ["Elu"] = c => Elu(c["x"]),
        ["Elu alpha=1.5"] = c => Elu(c["x"], 1.5),
        ["Selu"] = c => Selu(c["x"]),
        ["Silu"] = c => Silu(c["x"]),
        ["Mish"] = c => Mish(c["x"]),
        ["Gelu"] = c => Gelu(c["x"]),
        ["Gelu near 0"] = c => Gelu(c["x"]),
        ["GeluTanh"] = c => GeluTanh(c["x"]),
        ["NormalCdf"] = c => NormalCdf(c["x"]),
        ["Sigmoid"] = c => Sigmoid(c["x"]),
        ["HardSigmoid"] = c => HardSigmoid(c["x"]),
        ["Tanh"] = c => Tanh(c["x"]),
        ["Softplus"] = c => Softplus(c["x"]),
        ["SquarePlus"] = c => SquarePlus(c["x"]),
        ["Abs"] = c => Abs(c["x"]),
        ["Square"] = c => Square(c["x"]),
        ["Sqrt"] = c => Sqrt(c["x"]),
        ["Exp"] = c => Exp(c["x"]),
        ["Log"] = c => Log(c["x"]),
        ["Sin"] = c => Sin(c["x"]),
        ["Cos"] = c => Cos(c["x"]),
        ["Floor"] = c => Floor(c["x"]) + c["x"],
        ["Sign"] = c => Sign(c["x"]) + c["x"],
        ["Pow 3"] = c => Pow(c["x"], 3),
        ["Pow -2"] = c => Pow(c["x"], -2),
        ["Pow 0.7"] = c => Pow(c["x"], 0.7),
        ["Max"] = c => Max(c["x"], c["y"]),
        ["Min"] = c => Min(c["x"], c["y"]),
        ["Where"] = c => Where(LessEqual(c["x"], c["y"]), c["x"] * 2, c["y"] * c["y"]),
        ["Less"] = c => Less(c["x"], c["y"]) * c["x"],
        ["Divide"] = c => c["x"] / c["y"],

        ["Softmax"] = c => Softmax(c["x"]),
        ["Softmax rows"] = c => Softmax(c["x"]),
        ["LogSoftmax"] = c => LogSoftmax(c["x"]),
        ["LogSumExp"] = c => LogSumExp(c["x"]),
        ["Sum"] = c => c["x"].Sum(),
        ["Sum 0"] = c => c["x"].Sum(0),
        ["Mean"] = c => c["x"].Mean(),
        ["Mean -1"] = c => c["x"].Mean(-1),
        ["Max of equal elements"] = c => c["x"].Max(-1),
        ["Max of rows"] = c => c["x"].Max(),
        ["Norm"] = c => Norm(c["x"]),
        ["BatchMean"] = c => c["x"] - BatchMean(c["x"]),
        ["MatMul"] = c => MatMul(c["x"], c["w"]),
        ["MatMul transposed"] = c => MatMul(c["x"], Transpose(c["w"])),
        ["MatMul batched"] = c => MatMul(c["x"], c["y"]),
        ["MatMul batched by one"] = c => MatMul(c["x"], c["y"]),
        ["MatMul batched by parameters"] = c => MatMul(c["x"], c["w"]),
        ["Transpose"] = c => MatMul(MatMul(c["x"], Transpose(c["w"])), c["w"]),
        ["Transpose batched"] = c => MatMul(c["x"], Transpose(c["y"])),
        ["Permute"] = c => Softmax(c["x"].Permute(2, 0, 1)),
        ["Reshape"] = c => c["x"].Reshape(4, 3).Sum(-1),
        ["Flatten"] = c => Softmax(c["x"].Flatten()),
        ["Slice"] = c => c["x"].Slice(1, 2),
        ["Slice axis=-1"] = c => c["x"].Slice(1, 2, axis: -1),
        ["Concat"] = c => Concat(0, c["x"], c["y"], c["z"]),
        ["Concat -1"] = c => Concat(-1, c["x"], c["w"]),
        ["Pad"] = c => c["x"].Pad(0, 1, 2),
        ["Pad -1"] = c => c["x"].Pad(-1, 2, 0),
        ["OneHot"] = c => c["x"] * OneHot(c["i"], 4),

        ["SquaredError"] = c => SquaredError(c["y"], c["t"]),
        ["AbsoluteError"] = c => AbsoluteError(c["y"], c["t"]),
        ["Huber"] = c => Huber()(c["y"], c["t"]),
        ["Huber delta=0.5"] = c => Huber(0.5)(c["y"], c["t"]),
        ["Huber smooth L1 beta=0.3"] = c => Huber(0.3)(c["y"], c["t"]) / 0.3,
        ["SoftmaxCrossEntropy"] = c => SoftmaxCrossEntropy(c["z"], c["label"]),
        ["SoftmaxCrossEntropy rows"] = c => SoftmaxCrossEntropy(c["z"], c["label"]),
        ["SmoothedCrossEntropy"] = c => SmoothedCrossEntropy()(c["z"], c["label"]),
        ["SmoothedCrossEntropy 0.25 rows"] = c => SmoothedCrossEntropy(0.25)(c["z"], c["label"]),
        ["NegativeLogLikelihood"] = c => NegativeLogLikelihood(LogSoftmax(c["z"]), c["label"]),
        ["NegativeLogLikelihood given"] = c => NegativeLogLikelihood(c["z"], c["label"]),
        ["KullbackLeibler"] = c => KullbackLeibler(c["y"], c["t"]),
        ["SigmoidCrossEntropy"] = c => SigmoidCrossEntropy(c["z"], c["t"]),
        ["Hinge"] = c => Hinge(c["y"], c["t"]),
        ["Hinge edges"] = c => Hinge(c["y"], c["t"]),
        ["SquaredHinge"] = c => SquaredHinge(c["y"], c["t"]),
        ["LogCosh"] = c => LogCosh(c["y"], c["t"]),
        ["CosineDistance"] = c => CosineDistance(c["y"], c["t"]),
        ["CosineDistance 700"] = c => CosineDistance(c["y"], c["t"]),
        ["Triplet"] = c => Triplet(c["a"], c["p"], c["n"]),

        ["L1"] = c => Square(c["x"].Dense(2)).Sum().L1(0.25),
        ["L2"] = c => Square(c["x"].Dense(2)).Sum().L2(0.25),
        ["L2 of matrices"] = c => Square(c["x"].Dense(2)).Sum().L2(0.25, only: p => p.Rank > 1),
    };

    // PyTorch 1.13 has no Focal, RmsNorm, Standardize and ZeroOne; numbers drawn (Dropout) and truth are not compared.
    public static TheoryData<string> Names => [.. declared.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_loss_and_the_gradients_are_the_recorded_ones(string name) => TorchCase.All[name].Check(declared[name]);

    [Fact]
    public void Every_recorded_case_is_declared() => Assert.Equal(declared.Keys, TorchCase.All.Keys);

    [Fact]
    public void Another_loss_is_found() => Assert.Throws<MismatchException>(() => TorchCase.All["Huber"].Check(c => Huber(1.000000001)(c["y"], c["t"])));
}
