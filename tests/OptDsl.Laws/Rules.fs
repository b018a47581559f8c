/// The rules and schedules of the C# corpus (Rules.cs), as F# functions: equations of the gradient and of 0 to 4 slots, in plain tuples.
module OptDsl.Laws.Rules

open OptDsl
open type OptDsl.Dsl
open Xunit

let private loss () = Input(8).Dense(6).Relu().Dense(3).Loss(SoftmaxCrossEntropy)

let private isIn name rule = loss().Minimize(rule) |> Recorded.isIn name

let private lion (lr: Expr) (b1: float) (b2: float) =
    Rule.Of(fun g m -> lr * Sign(b1 * m + (1.0 - b1) * g), b2 * m + (1.0 - b2) * g)

let private lookahead k (alpha: float) =
    Rule.Of(init = (fun p -> p), step = fun u slow ->
        let fast = Param - u
        let sync = Equal((Step + 1) % k, 0)
        let next = Where(sync, slow + alpha * (fast - slow), slow)
        Where(sync, Param - next, u), next)

let private factored (b2: float) =
    Rule.Of(
        init = (fun p -> 0 * p.Mean(1, keep = true), 0 * p.Mean(0, keep = true)),
        step = fun g r c ->
            let r = b2 * r + (1.0 - b2) * Square(g).Mean(1, keep = true)
            let c = b2 * c + (1.0 - b2) * Square(g).Mean(0, keep = true)
            g / sqrt (r * c / r.Mean() + 1e-30), r, c)

[<Fact>]
let ``one slot`` () = lion (Warmup(100) * Cosine(3e-4, steps = 1000)) 0.9 0.98 |> isIn "UsesLion"

[<Fact>]
let ``a chain of transforms`` () =
    ScaleByAdam().Then(AddDecayedWeights 0.01).Then(Scale 1e-3) |> isIn "UsesAdamW"

[<Fact>]
let ``one slot that starts at the parameter`` () = (Adam 1e-3).Then(lookahead 5 0.5) |> isIn "UsesLookahead"

[<Fact>]
let ``two slots that start with shapes of their own, only where the parameter is a matrix`` () =
    let isMatrix (p: Parameter) = p.Rank > 1
    (factored 0.999).Only(isMatrix).Then(ScaleByAdam().Only(not << isMatrix)).Then(Scale 0.01) |> isIn "UsesFactored"

[<Fact>]
let ``no slot, and a schedule that chooses`` () =
    let clip (max: float) = Rule.Of(fun g -> g * Min(1, max / GlobalNorm g))
    let noBias = (AddDecayedWeights 1e-2).Only(fun p -> p.Rank > 1)
    (clip 1.0).Then(ScaleByAdam()).Then(noBias).Then(Scale(Where(Less(Step, 1000), 1e-3, 0.1 / sqrt Step))) |> isIn "Clipped"

[<Fact>]
let ``only by path`` () =
    let encoder = (Adam 1e-3).Only(fun p -> p.Path.StartsWith("encoder.", System.StringComparison.Ordinal))
    let rest = (Scale 0).Only(fun p -> not (p.Path.Contains "encoder"))
    Input(8).Dense(4).Named("encoder").Dense(2).Loss(SquaredError).Minimize(encoder.Then rest) |> Recorded.isIn "ByPath"

[<Fact>]
let ``a fold of rules`` () =
    [ ClipByGlobalNorm 1; Trace 0.9; AddDecayedWeights 1e-4; Scale(Exponential(0.1, 1e-3)) ]
    |> List.fold (fun (chain: Rule) rule -> chain.Then rule) Rule.Identity
    |> isIn "Composed"

[<Fact>]
let ``random numbers`` () =
    let sometimes = Rule.Of(fun g -> g * Less(RandomUniform(g, seed = 3), 0.5))
    sometimes.Then(NoisySgd(Cosine(1e-2, steps = 100), eta = 0.1, seed = Hyper("seed", 0))) |> isIn "Noisy"

[<Fact>]
let ``two slots with names, and a power of the step`` () =
    let rate, b1, b2, epsilon = 2e-3, 0.9, 0.999, 1e-7
    let nadam =
        Rule.Of(fun g m v ->
            let t = Step + 1
            let m = b1 * m + (1.0 - b1) * g
            let v = b2 * v + (1.0 - b2) * g * g
            let nesterov = b1 * m / (1 - Pow(b1, t + 1)) + (1.0 - b1) * g / (1 - Pow(b1, t))
            rate * nesterov / (sqrt (v / (1 - Pow(b2, t))) + epsilon), m, v)
    nadam.Slots("m", "v") |> isIn "Nadam"

[<Fact>]
let ``a rate per interval, from a table`` () =
    let last = Expr.op_Implicit 1e-3
    let rate = List.foldBack (fun (until: int, value: float) rest -> Where(Less(Step, until), value, rest)) [ 100, 0.1; 200, 0.05; 400, 0.01 ] last
    Sgd rate |> isIn "Piecewise"

let private sum (slots: Expr list) = List.reduce (+) slots

[<Fact>]
let ``three slots and four slots, from zero and from a start`` () =
    let three = Rule.Of(fun g a b c -> sum [ g; a; b; c ], a + g, b + g, c + g)
    let four = Rule.Of(fun g a b c d -> sum [ g; a; b; c; d ], a + g, b + g, c + g, d + g)
    let threeFrom = Rule.Of(init = (fun p -> p, 2 * p, 3 * p), step = fun g a b c -> sum [ g; a; b; c ], a + g, b + g, c + g)
    let fourFrom = Rule.Of(init = (fun p -> p, 2 * p, 3 * p, 4 * p), step = fun g a b c d -> sum [ g; a; b; c; d ], a + g, b + g, c + g, d + g)
    let counted (rule: Rule) = (string rule).Split('\n') |> Array.filter _.StartsWith("next ") |> Array.length
    Assert.Equal<int>([ 3; 4; 3; 4 ], [ three; four; threeFrom; fourFrom ] |> List.map counted)
    // A start differs from zero in the text, and so do the values.
    Assert.NotEqual(three, threeFrom)
    Assert.NotEqual(four, fourFrom)

[<Fact>]
let ``a rate with a name, the loss in the step, products of matrices`` () =
    let careful (lr: Expr) =
        Rule.Of(
            init = (fun p -> Eye p),
            step = fun g l -> lr * Min(1, Loss) * MatMul(l, g), 0.9 * l + MatMul(g, Transpose g) / Size(g, 1))
    let isMatrix (p: Parameter) = p.Rank = 2
    (careful (Hyper("lr", Cosine(1e-3, steps = 100)))).Only(isMatrix).Then((Muon 0.02).Only isMatrix) |> isIn "Adjustable"
