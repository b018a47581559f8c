/// Update rules and schedules in F#: the library's words, and the same equations as an F# user writes them, which take the same steps.
module OptDsl.Laws.FirstOrder

open OptDsl
open OptDsl.Testing
open type OptDsl.Dsl
open Xunit

let private t = Step + 1

let private adabelief (lr: float) (b1: float) (b2: float) (eps: float) =
    Rule.Of(fun g m s ->
        let m = b1 * m + (1.0 - b1) * g
        let s = b2 * s + (1.0 - b2) * Square(g - m) + eps
        lr * (m / (1 - Pow(b1, t))) / (sqrt (s / (1 - Pow(b2, t))) + eps), m, s)

let private madgrad (lr: float) (mu: float) (eps: float) =
    Rule.Of(init = (fun p -> 0 * p, 0 * p, p), step = fun g s v start ->
        let rate = lr * sqrt (Step + 1)
        let s, v = s + rate * g, v + rate * Square g
        (1.0 - mu) * (Param - (start - s / (v ** Expr.op_Implicit (1.0 / 3.0) + eps))), s, v, start)

/// Six slots, and sums over all tensors.
let private prodigy (d0: float) (b1: float) (b2: float) =
    let slow = sqrt b2
    Rule.Of(init = (fun p -> 0 * p, 0 * p, 0 * p, p, 0 * p.Sum(), d0 + 0 * p.Sum()), step = fun g m v s start r d ->
        let m = b1 * m + (1.0 - b1) * d * g
        let v = b2 * v + (1.0 - b2) * Square(d * g)
        let r = slow * r + (1.0 - slow) * Square d * GlobalSum(g * (start - Param))
        let s = slow * s + (1.0 - slow) * Square d * g
        let norm = GlobalSum(abs s)
        d * m / (sqrt v + d * 1e-8), m, v, s, start, r, Where(Greater(norm, 0), Max(d, r / norm), d))

let private takesTheStepsOf (library: Rule) (mine: Rule) = Check.Laws(mine, like = library) |> ignore

[<Fact>]
let ``AdaBelief`` () = adabelief 0.01 0.9 0.99 1e-8 |> takesTheStepsOf (AdaBelief(lr = 0.01, b2 = 0.99))

[<Fact>]
let ``MADGRAD`` () = madgrad 0.05 0.9 1e-6 |> takesTheStepsOf (Madgrad 0.05)

[<Fact>]
let ``Prodigy`` () = prodigy 0.1 0.9 0.99 |> takesTheStepsOf (Prodigy(b2 = 0.99, d0 = 0.1))

[<Fact>]
let ``a chain of the library's words`` () =
    let chain = Centralize().Then(AdaptiveClip()).Then(RmsProp(lr = 0.01, mu = 0.9, centred = true, eps = 1e-2)).Then(Lookahead(k = 3)).Then(ProjectToBox(-10, 10))
    let model = Input(3).Dense(2).Loss(SquaredError).Minimize(MultiSteps(SkipNotFinite(chain), k = 2))
    use learner = model.Compile<float>(maxBatch = 2)
    let batch = Batch(2, [| 1.0; 0.5; -1.0; 0.3; -0.2; 0.8 |], [| 1.0; 0.0; 0.0; 1.0 |])
    let losses = [ for _ in 1..200 -> learner.Learn batch ]
    Assert.True(List.last losses < 0.5 * losses.Head)

[<Fact>]
let ``a function of the gradient as curvature`` () =
    Sophia(lr = 0.01, curvature = (fun g -> abs g), k = 1, b2 = 0, gamma = 1) |> takesTheStepsOf (Sophia(lr = 0.01, curvature = (fun g -> Max(g, -g)), k = 1, b2 = 0, gamma = 1))

[<Fact>]
let ``schedules are rates`` () =
    [ PiecewiseConstant([| 0.1; 0.05 |], 10)
      Warmup(5) * MultiStep(0.1, 0.5, 10, 20)
      Join(Warmup 10, 10, CosineRestarts(1, steps = 5, growth = 2))
      0.5 * OneCycle(0.2, steps = 100) + 0.1 * Polynomial(0.1, steps = 50, power = 2) ]
    |> List.iter (fun schedule -> Check.Laws schedule |> ignore)
