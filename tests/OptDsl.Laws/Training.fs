/// A learner in F#: steps as a sequence, batches of columns, parameters by path, and misuse that changes nothing.
module OptDsl.Laws.Training

open System
open System.Collections.Generic
open OptDsl
open OptDsl.Data
open type OptDsl.Dsl
open Xunit

let private xor = Input(2).Dense(8).Tanh().Dense(1).Loss(SquaredError).Minimize(Adam(lr = 0.02))

let private table = Batch(4, [| 0.0; 0.0; 0.0; 1.0; 1.0; 0.0; 1.0; 1.0 |], [| 0.0; 1.0; 1.0; 0.0 |])

/// w·x + b with w = 2, b = 1.
let private line () =
    let learner = Input(1).Dense(1).Loss(SquaredError).Minimize(Sgd 0.1).Compile<float>(maxBatch = 4)
    let w, b = [| 2.0 |], [| 1.0 |]
    learner["dense1.weights"].CopyFrom w
    learner["dense1.bias"].CopyFrom b
    learner

[<Fact>]
let ``a sequence of steps is made as it is read`` () =
    use learner = xor.Compile(seed = 1, maxBatch = 4)
    let steps = learner.Train(Seq.replicate 300 table).Every(100)
    Assert.Equal(0L, learner.Steps)
    let told = List.ofSeq steps
    Assert.Equal<int64>([ 100L; 200L; 300L ], told |> List.map _.Step)
    Assert.Equal<float>(told |> List.map _.Loss |> List.sortDescending, told |> List.map _.Loss)
    let y = Array.zeroCreate<float32> 4
    learner.Predict(table, y)
    Assert.Equal<bool>([ false; true; true; false ], y |> Seq.map (fun p -> p > 0.5f))

[<Fact>]
let ``inputs are standardized by what was measured`` () =
    let celsius, error = [| for i in 0..7 -> 300.0 + float i |], [| for i in 0..7 -> 2.0 * float i |]
    let data = Batch(8, celsius, error)
    use learner = Input(1).Standardize().Dense(1).Loss(SquaredError).Minimize(Sgd 0.4).Compile(maxBatch = 8)
    learner.Standardize data
    let losses = [ for step in learner.Train(Seq.replicate 40 data) -> step.Loss ]
    Assert.True(List.last losses < 1e-9 * losses.Head)
    Assert.Equal<float32>([| 303.5f |], learner["standardize1.mean"].ToArray())

[<Fact>]
let ``a sequence stops where its reader stops`` () =
    use learner = xor.Compile(maxBatch = 4)
    let enough = learner.Train(Seq.initInfinite (fun _ -> table)) |> Seq.takeWhile (fun step -> step.Step < 7L) |> Seq.length
    Assert.Equal(6, enough)
    Assert.Equal(7L, learner.Steps)

[<Fact>]
let ``a problem without data needs no batch`` () =
    let w = Parameter(start = [| -1.5; 2.0 |], name = "w")
    use learner = (Square(1 - w[0]) + 100 * Square(w[1] - Square(w[0]))).Minimize(Adam(lr = 0.05)).Compile<float>()
    let last = learner.Train(3000) |> Seq.last
    Assert.InRange(last.Loss, 0.0, 1e-6)
    Assert.All(learner["w"].ToArray(), fun w -> Assert.Equal(1.0, w, 1e-2))

[<Fact>]
let ``learn, evaluate and gradient tell the same loss, and the gradient is the derivative`` () =
    use learner = line ()
    let batch = Batch(1, [| 3.0 |], [| 5.0 |])    // (2·3 + 1 − 5)² = 4
    Assert.Equal(4.0, learner.Evaluate batch)
    Assert.Equal(4.0, learner.Gradient batch)
    Assert.Equal<float>([| 12.0 |], learner.GradientOf("dense1.weights").ToArray())
    Assert.Equal<float>([| 4.0 |], learner.GradientOf("dense1.bias").ToArray())
    Assert.Equal(4.0, learner.Learn batch)
    Assert.Equal(2.0 - 1.2, learner["dense1.weights"].ToArray()[0], 1e-15)
    Assert.Equal(1.0 - 0.4, learner["dense1.bias"].ToArray()[0], 1e-15)
    Assert.Equal(1L, learner.Steps)

[<Fact>]
let ``a prediction of several examples`` () =
    use learner = line ()
    let y = Array.zeroCreate<float> 3
    learner.Predict(Batch(3, [| 0.0; 1.0; -4.0 |]), y)
    Assert.Equal<float>([| 1.0; 3.0; -7.0 |], y)

[<Fact>]
let ``columns by name come in any order`` () =
    use learner = line ()
    let named = Batch(1).With("target", [| 5.0 |]).With("input", [| 3.0 |])
    Assert.Equal(4.0, learner.Evaluate named)

[<Fact>]
let ``parts of a batch are batches`` () =
    use learner = line ()
    let batch = Batch(3, [| 3.0; 0.0; 1.0 |], [| 5.0; 1.0; 4.0 |])    // losses 4, 0, 1
    Assert.Equal(0.5, learner.Evaluate(batch.Slice(1, 2)))
    let places = [| 2; 0 |]
    Assert.Equal(2.5, learner.Evaluate(batch.Rows places))
    Assert.Equal(5.0 / 3.0, learner.Evaluate batch, 1e-15)

[<Fact>]
let ``parameters and slots have paths`` () =
    use learner = xor.Compile(maxBatch = 4)
    Assert.Equal<string>([ "dense1.weights"; "dense1.bias"; "dense2.weights"; "dense2.bias" ], learner.Parameters |> Seq.map _.Name)
    Assert.Contains("dense2.weights/v", learner.Slots |> Seq.map _.Name)
    Assert.Equal<int>([ 2; 8 ], learner["dense1.weights"].Shape)
    let given = Array.init 16 float32
    learner["dense1.weights"].CopyFrom given
    Assert.Equal<float32>(given, learner["dense1.weights"].ToArray())
    let fault = Assert.Throws<KeyNotFoundException>(Action(fun () -> learner["dense1.weight"] |> ignore))
    Assert.Contains("dense1.weights", fault.Message)

/// A file that is gone when the test ends.
type private TemporaryFile() =
    member val Path = IO.Path.Combine(IO.Path.GetTempPath(), $"optdsl-{Guid.NewGuid():N}.safetensors")
    interface IDisposable with
        member this.Dispose() = IO.File.Delete this.Path

[<Fact>]
let ``a checkpoint continues with the same bits`` () =
    use file = new TemporaryFile()
    use learner = xor.Compile(seed = 5, maxBatch = 4)
    for _ in 1 .. 3 do learner.Learn table |> ignore
    learner.Save file.Path
    use again = xor.Compile(seed = 6, maxBatch = 4)
    Assert.NotEqual<string>(learner.ParametersHash, again.ParametersHash)
    again.Load file.Path
    Assert.Equal((3L, 5L, learner.ParametersHash), (again.Steps, again.Seed, again.ParametersHash))
    Assert.Equal(learner.Learn table, again.Learn table)
    Assert.Equal(learner.ParametersHash, again.ParametersHash)

[<Fact>]
let ``a checkpoint of another model is refused and changes nothing`` () =
    use file = new TemporaryFile()
    use learner = xor.Compile(seed = 5, maxBatch = 4)
    use other = Input(1).Dense(1).Loss(SquaredError).Minimize(Sgd 0.1).Compile()
    other.Save file.Path
    let before = learner.ParametersHash
    Assert.Throws<IO.InvalidDataException>(Action(fun () -> learner.Load file.Path)) |> ignore
    Assert.Equal(before, learner.ParametersHash)

let private classifier = Input(2).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Momentum 0.1)

[<Fact>]
let ``misuse throws before anything is written`` () =
    use learner = classifier.Compile(seed = 2, maxBatch = 2)
    let good = Batch(2, [| 1.0; 2.0; 3.0; 4.0 |], [| 0; 2 |])
    learner.Learn good |> ignore
    let state () = learner.Steps, learner.ParametersHash, learner.Slots |> Seq.collect _.ToArray() |> List.ofSeq
    let before = state ()
    let refused (call: unit -> unit) =
        Assert.ThrowsAny<ArgumentException>(Action call) |> ignore
        Assert.Equal(before, state ())
    refused (fun () -> learner.Learn(Batch(2, [| 1.0; 2.0 |], [| 0; 2 |])) |> ignore)                        // too few numbers
    refused (fun () -> learner.Learn(Batch(2, [| 1.0; 2.0; 3.0; 4.0 |])) |> ignore)                          // no labels
    refused (fun () -> learner.Learn(Batch(2, [| 1.0; 2.0; 3.0; 4.0 |], [| 0.0; 2.0 |])) |> ignore)          // labels that are real
    refused (fun () -> learner.Learn(Batch(2, [| 1.0; 2.0; 3.0; 4.0 |], [| 0; 3 |])) |> ignore)              // a label outside
    refused (fun () -> learner.Learn(Batch(3, Array.zeroCreate<float> 6, [| 0; 1; 2 |])) |> ignore)          // more than maxBatch
    refused (fun () -> learner.Predict(good, Array.zeroCreate<float32> 5))
    refused (fun () -> learner["dense1.bias"].CopyFrom(Array.zeroCreate<float32> 2))

[<Fact>]
let ``a loss that is no number throws before anything is written`` () =
    use learner = classifier.Compile(seed = 2, maxBatch = 2)
    let before = learner.ParametersHash
    let fault = Assert.Throws<NonFiniteLossException>(Action(fun () -> learner.Learn(Batch(1, [| nan; 1.0 |], [| 0 |])) |> ignore))
    Assert.True(Double.IsNaN fault.Loss)
    Assert.Equal((0L, before), (learner.Steps, learner.ParametersHash))

[<Fact>]
let ``nothing works after dispose`` () =
    let learner = xor.Compile(maxBatch = 4)
    learner.Dispose()
    Assert.Throws<ObjectDisposedException>(Action(fun () -> learner.Learn table |> ignore)) |> ignore
    learner.Dispose()

[<Fact>]
let ``a hyperparameter with a name is read and set while training`` () =
    use learner = (Square(Parameter 3.0)).Minimize(Sgd(Hyper("lr", InverseTime(0.25, 1)))).Compile<float>()
    let lr = learner.Hyperparameters
    Assert.Equal(9.0, learner.Learn Batch.Empty)
    Assert.Equal(0.125, lr["lr"])
    lr["lr"] <- 0.5
    Assert.Equal(2.25, learner.Learn Batch.Empty)
    Assert.Equal(0.0, learner.Evaluate Batch.Empty)
    lr.Reset "lr"
    Assert.Equal(0.25 / 3.0, lr["lr"])
    Assert.Throws<KeyNotFoundException>(fun () -> lr["rate"] |> ignore) |> ignore
