/// The networks of the C# corpus (Networks.cs), in the same words.
module OptDsl.Laws.Networks

open OptDsl
open type OptDsl.Dsl
open Xunit

[<Fact>]
let ``a classifier is the one that C# declares`` () =
    Input(784).Dense(128).Relu().Dense(10)
        .Loss(SoftmaxCrossEntropy)
        .Minimize(AdamW(lr = Warmup(500) * Cosine(3e-4, steps = 20_000)))
    |> Recorded.isIn "Digits"

[<Fact>]
let ``a line is the one that C# declares`` () =
    Input(1).Dense(1).Loss(SquaredError).Minimize(Sgd(lr = 0.1)) |> Recorded.isIn "Regression"

[<Fact>]
let ``a problem without data is the one that C# declares`` () =
    let rosenbrock (w: Expr) = Square(1 - w[0]) + 100 * Square(w[1] - Square(w[0]))
    rosenbrock(Parameter(start = [| -1.5; 2.0 |])).Minimize(Adam(lr = 1e-2)) |> Recorded.isIn "Rosenbrock"

[<Fact>]
let ``a sum of two losses is the one that C# declares`` () =
    let trunk = Input(784).Dense(128).Relu().Named("trunk")
    (trunk.Dense(10).Loss(SoftmaxCrossEntropy) + 0.3 * trunk.Dense(1).Loss(SquaredError)).Minimize(Sgd(lr = 0.1))
    |> Recorded.isIn "TwoHeads"

[<Fact>]
let ``two inputs and a scalar target are those that C# declares`` () =
    let w = Parameter(shape = [| 64; 16 |], init = Init.Glorot)
    let user, item = Input(64, "user"), Input(64, "item")
    let score = (MatMul(user, w) * MatMul(item, w)).Sum()
    Square(score - Input([||], "rating")).Minimize(Momentum(lr = 0.01, mu = 0.95)) |> Recorded.isIn "Factorisation"

[<Fact>]
let ``an autoencoder built by folds is the one that C# builds by loops`` () =
    let widths = [ 784; 256; 64; 16 ]
    let image = Input(widths.Head, "image")
    let code = widths.Tail |> List.fold (fun (x: Expr) width -> tanh (x.Dense(width, weights = Init.Glorot))) image
    let hidden = [ 64; 256 ] |> List.fold (fun (x: Expr) width -> tanh (x.Dense width)) (code.Named "encoder")
    Square(hidden.Dense(784).Sigmoid() - image).Mean().Minimize(Adam 1e-3) |> Recorded.isIn "Autoencoder"

[<Fact>]
let ``layers of one's own are those that C# declares`` () =
    let gated hidden (x: Expr) = x + x.Dense(hidden).Relu().Dense(x.Shape[0])
    let mlp widths x = widths |> List.fold (fun (y: Expr) width -> y.Dense(width).Relu()) x
    Input(32).Apply(gated 64).Apply(gated 16).Apply(mlp [ 8; 4 ]).Dense(3).Loss(SoftmaxCrossEntropy, "label").Minimize(Adam 1e-3)
    |> Recorded.isIn "Residual"

[<Fact>]
let ``characters that are embedded and told one by one are those that C# declares`` () =
    IntegerInput("text", [| 8 |]).Embedding(27, 16).LayerNorm().Dense(32).Relu().Dense(27)
        .Loss(SoftmaxCrossEntropy, "next").Minimize(Adam 1e-3)
    |> Recorded.isIn "Characters"

[<Fact>]
let ``a convolutional network is the one that C# declares`` () =
    let separable filters stride (x: Expr) = x.DepthwiseConv2D(3, stride, padding = 1).Conv2D(filters, 1).Gelu()
    Input([| 12; 12; 2 |]).Conv2D(4, 3, padding = 1, groups = 2).Relu().MaxPool2D(3, stride = 2, padding = 1)
        .Apply(separable 8 2).Named("body").ConvTranspose2D(4, 2, 2).AveragePool2D(2).GlobalAveragePool()
        .Dense(5).Loss(SoftmaxCrossEntropy).Minimize(Adam 1e-3)
    |> Recorded.isIn "Convolutional"

[<Fact>]
let ``a transformer is the one that C# declares`` () =
    let length, width = 6, 8
    let block (x: Expr) =
        let y = x + x.LayerNorm().Attention(heads = 2, causal = true)
        y + y.LayerNorm().Dense(4 * width).Gelu().Dense(width)
    let embedded = IntegerInput("text", [| length |]).Embedding(20, width) + Parameter([| length; width |], Init.Normal 0.02, "places")
    ([ 1; 2 ] |> List.fold (fun (x: Expr) n -> x.Named($"block{n}", block)) embedded).LayerNorm().Dense(20)
        .Loss(SoftmaxCrossEntropy, "next").Minimize(AdamW(lr = 3e-4))
    |> Recorded.isIn "Transformer"

[<Fact>]
let ``units dropped and noise added while it learns are those that C# declares`` () =
    let noisy (x: Expr) = Where(Learning, x + 0.1 * RandomNormal x, x)
    Input(20).Dropout(0.1).Dense(16).Relu().Dropout(Hyper("drop", 0.5), seed = 3).Named("noisy", noisy).Dense(3)
        .Loss(SoftmaxCrossEntropy).Minimize(Adam 1e-3)
    |> Recorded.isIn "Dropped"

[<Fact>]
let ``a tied embedding is the one that C# declares`` () =
    let embedding = Parameter([| 50; 8 |], Init.Normal 0.1, "embedding")
    MatMul(MatMul(Input 50, embedding), Transpose embedding).Loss(SoftmaxCrossEntropy).Minimize(Sgd 0.5)
    |> Recorded.isIn "Tied"

[<Fact>]
let ``named blocks are those that C# declares`` () =
    let block (x: Expr) n = x + x.Named($"block{n}", fun y -> y.Dense(16).Relu().Dense(16))
    ([ 1 .. 3 ] |> List.fold block (Input 16)).Softplus().Dense(1).Loss(SquaredError).Minimize(Adam(lr = 1e-3, b1 = 0.8))
    |> Recorded.isIn "Scopes"

[<Fact>]
let ``nearly linear layers are those that C# declares`` () =
    let layer (x: Expr) = tanh (x.Dense(8, Init.Orthogonal(), bias = Init.Constant 0.01))
    (Input 12 |> layer |> layer |> layer).Dense(3, Init.Orthogonal(gain = 0.5)).Loss(SquaredError).Minimize(Sgd(lr = 0.1))
    |> Recorded.isIn "NearlyLinear"

[<Fact>]
let ``a penalty on weights is the one that C# declares`` () =
    let decay = 1e-4
    let w, b = Parameter([| 10; 3 |], Init.Uniform(-0.1, 0.1), name = "w"), Parameter([| 3 |])
    let logits = MatMul(Input 10, w) + b
    (logits.Loss(SoftmaxCrossEntropy) + decay * Square(w).Sum()).Minimize(Sgd(InverseTime(0.1, 1e-3)))
    |> Recorded.isIn "Penalised"

[<Fact>]
let ``standardized inputs are those that C# declares`` () =
    Input(13).Standardize().Dense(1).Loss(SquaredError).Minimize(AdamW(lr = 0.01)) |> Recorded.isIn "Standardized"

[<Fact>]
let ``what a step leaves in an untrained tensor is what C# declares`` () =
    let x = Input 6
    let largest = Untrained([| 6 |], Init.One, "largest", next = fun before -> Max(0.99 * before, BatchMean(abs x)))
    (x / largest).Dense(4).BatchNorm(momentum = 0.05).Relu().Dense(1).Loss(SquaredError).Minimize(AdamW(lr = 0.01)) |> Recorded.isIn "Tracked"

[<Fact>]
let ``a sequence that is remembered is the one that C# declares`` () =
    let h = Input([| 3; 2 |]).Gru(5).Lstm(4, recurrent = Init.Glorot)
    h[h.Length - 1].Dense(1).Loss(SquaredError).Minimize(ClipByGlobalNorm(1.0).Then(Adam 1e-3)) |> Recorded.isIn "Remembered"

[<Fact>]
let ``regularisers are those that C# declares`` () =
    let h = Input(6).Dense(8).Relu()
    (h.Dense(2).Loss(SquaredError) + 1e-3 * (abs h).Sum()).L1(1e-4).L2(1e-3, only = fun p -> p.Rank > 1)
        .Minimize(Sgd(0.1).Then(ProjectToMaxNorm 3))
    |> Recorded.isIn "Regularised"

[<Fact>]
let ``a loss of one's own is the one that C# declares`` () =
    let huber (delta: float) = LossFunction(fun y t ->
        let e = abs (y - t)
        Where(Less(e, delta), 0.5 * Square e, delta * (e - 0.5 * delta)).Mean())
    Input(4).Dense(8).Tanh().Dense(2).Loss(huber 1.5).Minimize(Adam 1e-3) |> Recorded.isIn "OwnLoss"

[<Fact>]
let ``integer inputs are those that C# declares`` () =
    let token, next = IntegerInput "token", IntegerInput(name = "next")
    let z = OneHot(token, 27).Dense(27)
    (LogSumExp z - (OneHot(next, 27) * z).Sum()).Minimize(Sgd(lr = 50)) |> Recorded.isIn "Tokens"

[<Fact>]
let ``a memory budget is the one that C# declares`` () =
    Input(20).Dense(40).Relu().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr = 1e-3)).MemoryBudget(bytes = 10_000, examples = 8)
    |> Recorded.isIn "Lean"
