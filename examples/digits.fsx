// Learns to read handwritten digits, the network of digits.cs in a script:
//   dotnet build src/OptDsl.Scripting -c Release
//   dotnet fsi examples/digits.fsx [FOLDER]       the four idx files of MNIST; else from the cache, a download, or drawn

#load "optdsl.fsx"
open OptDsl
open OptDsl.Data
open type OptDsl.Dsl

// <declaration>
let model =
    Input(784).Dense(128).Relu().Dense(10)
        .Loss(SoftmaxCrossEntropy)
        .Minimize(AdamW(lr = Warmup(500) * Cosine(2e-3, steps = 8_600, final = 1e-5)))
// </declaration>

let mnist = Mnist.Load(Array.tryItem 1 fsi.CommandLineArgs |> Option.toObj)
let held = mnist.Train.Count / 12
let train, heldOut = mnist.Train.Slice(0, mnist.Train.Count - held), mnist.Train.Slice(mnist.Train.Count - held, held)
printfn $"{mnist.Source}"

let digits = model.Compile(seed = 42)
for epoch in 0 .. 2 do
    for step in digits.Train(train.Batches(64, 42, epoch)).Every(100) do
        printfn $"{step}"
        // The same bits as: dotnet run examples/digits.cs -- --steps 200
        if step.Step = 200 then printfn $"parameters sha256 {digits.ParametersHash}"
    printfn $"epoch {epoch + 1}  held out {digits.Accuracy heldOut:F4}"
printfn $"test accuracy: {digits.Accuracy mnist.Test:F4}"
