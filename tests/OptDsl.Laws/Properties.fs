/// Laws of rules and learners over random small networks, as a user would write them: FsCheck generators in F#, judged by Law.Holds.
module OptDsl.Laws.Properties

open System
open FsCheck
open FsCheck.FSharp
open OptDsl
open OptDsl.Testing
open type OptDsl.Dsl
open Xunit

let private rates = Gen.elements [ 1e-3; 0.01; 0.1; 0.25 ]

/// A rule and what it is called.
let private rules =
    Gen.oneof
        [ gen { let! r = rates in return $"Scale {r}", Scale r }
          gen { let! mu = Gen.elements [ 0.5; 0.9 ] in return $"Trace {mu}", Trace mu }
          gen { let! r = rates in return $"AddDecayedWeights {r}", AddDecayedWeights r }
          gen { let! max = Gen.elements [ 0.1; 1.0 ] in return $"ClipByGlobalNorm {max}", ClipByGlobalNorm max }
          Gen.constant ("ScaleByAdam", ScaleByAdam())
          gen { let! steps = Gen.choose (1, 5) in return $"Scale(Warmup {steps})", Scale(Warmup steps) } ]

/// A small network, its batch, and the seeds of both; it prints as the words that make it.
type private Network =
    { Inputs: int
      Hidden: (string * int) list
      Outputs: int
      Examples: int
      Seed: int }

    member this.Loss =
        let add (x: Expr) (activation, width) =
            let y = x.Dense(width)
            match activation with
            | "tanh" -> tanh y
            | "relu" -> y.Relu()
            | "softplus" -> y.Softplus()
            | _ -> y * Sigmoid y
        (this.Hidden |> List.fold add (Input this.Inputs)).Dense(this.Outputs).Loss(SquaredError)

    member this.Batch =
        let random = Random this.Seed
        let numbers count = Array.init count (fun _ -> 2.0 * random.NextDouble() - 1.0)
        Batch(this.Examples, numbers (this.Examples * this.Inputs), numbers (this.Examples * this.Outputs))

    member this.Compile(rule: Rule) = this.Loss.Minimize(rule).Compile<float>(seed = int64 this.Seed, maxBatch = this.Examples)

let private networks =
    let layer = Gen.zip (Gen.elements [ "tanh"; "relu"; "softplus"; "swish" ]) (Gen.choose (1, 20))
    let random =
        gen {
            let! inputs = Gen.choose (1, 18)
            let! hidden = Gen.listOfLength 2 layer |> Gen.bind (fun all -> Gen.choose (0, 2) |> Gen.map (fun n -> List.take n all))
            let! outputs = Gen.choose (1, 5)
            let! examples = Gen.choose (1, 33)
            let! seed = Gen.choose (0, 1000)
            return { Inputs = inputs; Hidden = hidden; Outputs = outputs; Examples = examples; Seed = seed }
        }
    let smaller network =
        seq {
            if not network.Hidden.IsEmpty then { network with Hidden = network.Hidden.Tail }
            if network.Examples > 1 then { network with Examples = network.Examples / 2 }
            if network.Inputs > 1 then { network with Inputs = 1 }
            if network.Outputs > 1 then { network with Outputs = 1 }
        }
    Arb.fromGenShrink (random, smaller)

let private bits (learner: ILearner<float>) =
    [ for tensor in learner.Parameters do yield! tensor.ToArray() ] |> List.map BitConverter.DoubleToInt64Bits

let private trained steps (network: Network) (rule: Rule) =
    use learner = network.Compile rule
    for _ in 1 .. steps do learner.Learn network.Batch |> ignore
    bits learner

let private three = Arb.fromGen (Gen.listOfLength 3 rules)

[<Fact>]
let ``then is associative, and identity is neutral on both sides`` () =
    Law.Holds(three, fun named ->
        match List.map snd named with
        | [ a; b; c ] ->
            Assert.Equal(a.Then(b).Then(c), a.Then(b.Then(c)))
            Assert.Equal(a, a.Then Rule.Identity)
            Assert.Equal(a, Rule.Identity.Then a)
        | _ -> failwith "three rules were asked for")

[<Fact>]
let ``then feeds one rule's step to the next: the order shows in trained bits`` () =
    Law.Holds(networks, (fun network ->
        let clip, scale = ClipByGlobalNorm 1e-3, Scale 10
        let chain = Rule.Identity.Then(clip).Then(scale).Then Rule.Identity
        Assert.Equal<int64>(trained 3 network (clip.Then scale), trained 3 network chain)
        Assert.NotEqual<int64>(trained 3 network (clip.Then scale), trained 3 network (scale.Then clip))), 8)

[<Fact>]
let ``scales multiply, to rounding`` () =
    let pairs = Arb.fromGen (Gen.zip (Gen.zip rates rates) (Arb.toGen networks))
    Law.Holds(pairs, (fun ((a, b), network) ->
        let both = a * b
        let values rule = trained 4 network rule |> List.map BitConverter.Int64BitsToDouble
        for one, other in List.zip (values ((Scale a).Then(Scale b))) (values (Scale both)) do
            Assert.Equal(one, other, 1e-12 * max 1.0 (abs one))), 8)

[<Fact>]
let ``a step of gradient descent at rate one subtracts the gradient, bit for bit`` () =
    Law.Holds(networks, (fun network ->
        use learner = network.Compile(Sgd 1)
        for _ in 1 .. 2 do
            learner.Gradient network.Batch |> ignore
            let expected = [ for p in learner.Parameters do yield! Array.map2 (-) (p.ToArray()) (learner.GradientOf(p.Name).ToArray()) ]
            learner.Learn network.Batch |> ignore
            Assert.Equal<int64>(expected |> List.map BitConverter.DoubleToInt64Bits, bits learner)), 12)

[<Fact>]
let ``the order of a batch changes no example's prediction`` () =
    Law.Holds(networks, (fun network ->
        use learner = network.Compile(Sgd 0.1)
        let order = Array.init network.Examples id
        Random(network.Seed + 1).Shuffle order
        let predict (batch: Batch) =
            let y = Array.zeroCreate<float> (batch.Count * network.Outputs)
            learner.Predict(batch, y)
            y |> Array.map BitConverter.DoubleToInt64Bits |> Array.chunkBySize network.Outputs
        let straight = predict network.Batch
        Assert.Equal<int64 array>(order |> Array.map (fun i -> straight[i]), predict (network.Batch.Rows order))
        // Nor does the company that an example has.
        let first = order[.. 0]
        Assert.Equal<int64 array>([| straight[order[0]] |], predict (network.Batch.Rows first))), 12)

[<Fact>]
let ``the law that judges these can fail`` () =
    let fault = Assert.Throws<LawException>(Action(fun () -> Law.Holds(networks, fun network -> Assert.True(network.Examples < 2))))
    match fault.Case with
    | :? Network as smallest -> Assert.Equal((1, [], 1), (smallest.Inputs, smallest.Hidden, smallest.Outputs))
    | other -> failwith $"{other}"
