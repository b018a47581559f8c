// A rule, a layer and a loss of your own are plain functions. Here their laws are checked, and they tell two spirals apart:
//   dotnet build src/OptDsl.Testing -c Release
//   dotnet fsi examples/own-rule.fsx

#load "optdsl.testing.fsx"
open System
open OptDsl
open OptDsl.Testing
open type OptDsl.Dsl

// <rule>
/// Lion: the sign of an interpolated momentum. https://arxiv.org/abs/2302.06675
let lion (lr: Expr) (b1: float) (b2: float) =
    Rule.Of(fun g m -> lr * Sign(b1 * m + (1.0 - b1) * g),      // the step to subtract
                       b2 * m + (1.0 - b2) * g)                 // the next m
// </rule>

// <layer>
let gated (units: int) (x: Expr) = tanh (x.Dense units) * Sigmoid(x.Dense units)
// </layer>

// <loss>
/// log(1 + e^(−t·y)) for t = ±1
let logistic = LossFunction(fun y t -> Softplus(-t * y).Sum())
// </loss>

printfn $"{Check.Laws(lion 1e-3 0.9 0.99, like = Lion 1e-3)}"

let spirals =
    Input(2).Apply(gated 32).Apply(gated 32).Dense(1).Loss(logistic)
        .Minimize(lion (Cosine(2e-3, steps = 1_200)) 0.9 0.99)
        .Compile(seed = 1)

// Two arms of 192 points, one half a turn behind the other.
let arms =
    let sides = Array.init 384 (fun i -> 1.0 - 2.0 * float (i % 2))
    let points =
        [| for i in 0 .. 383 do
               let radius = 0.05 + 0.95 * float (i / 2) / 192.0
               let turn = 3.0 * Math.PI * radius
               sides[i] * radius * cos turn
               sides[i] * radius * sin turn |]
    Batch(384, points, sides)

let batches = seq { for epoch in 0 .. 199 do yield! arms.Shuffled(64, epoch = epoch) }
for step in spirals.Train(batches).Every(100) do printfn $"{step}"

// What the network says of the square from −1 to 1.
let y = [| 0.0f |]
for row in 0 .. 20 do
    for column in 0 .. 48 do
        spirals.Predict(Batch(1, [| float column / 24.0 - 1.0; 1.0 - float row / 10.0 |]), y)
        printf (if y[0] > 0.0f then "█" else "·")
    printfn ""
printfn $"parameters sha256 {spirals.ParametersHash}"
