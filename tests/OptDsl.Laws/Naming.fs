/// Which parameters a declaration has, and what they are called: the snippets of the generator's IdentityTests, with their paths.
module OptDsl.Laws.Naming

open OptDsl
open type OptDsl.Dsl
open Xunit

/// Equal as sets: the order of first use is the text's affair.
let private paths (expected: string) (network: Expr) =
    let found = network.Loss(SquaredError).Minimize(Sgd(0.1)).Parameters |> Seq.map _.Path |> Seq.sort
    Assert.Equal<string>(expected.Split ' ' |> Seq.sort, found)

let private kept = Parameter([| 4; 2 |])

type private Weights() =
    static member Fresh = Parameter([| 4; 2 |])
    static member val Kept = Parameter([| 4; 2 |])

let private layer (x: Expr) = x.Dense(4)

[<Fact>]
let ``a chain counts its layers`` () =
    Input(4).Dense(3).Dense(2) |> paths "dense1.weights dense1.bias dense2.weights dense2.bias"

[<Fact>]
let ``tied weights are one parameter`` () =
    let w = Parameter([| 4; 2 |], name = "w")
    MatMul(MatMul(Input(4), w), Transpose(w)) |> paths "w"

[<Fact>]
let ``a property makes a new parameter at each read`` () =
    MatMul(Input(4), Weights.Fresh) + MatMul(Input(4, "b"), Weights.Fresh) |> paths "parameter1 parameter2"

[<Fact>]
let ``a value holds one parameter`` () =
    MatMul(Input(4), kept) + MatMul(Input(4, "b"), kept) |> paths "parameter1"

[<Fact>]
let ``a property with a value holds one parameter`` () =
    MatMul(Input(4), Weights.Kept) + MatMul(Input(4, "b"), Weights.Kept) |> paths "parameter1"

[<Fact>]
let ``a loop makes one layer per turn`` () =
    let mutable x = Input(4)
    for _ in 1 .. 3 do x <- x.Dense(4)
    x |> paths "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias"

[<Fact>]
let ``a fold makes one layer per element`` () =
    [ 4; 3; 2 ] |> List.fold (fun (x: Expr) width -> x.Dense(width)) (Input(4))
    |> paths "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias"

[<Fact>]
let ``a layer inserted before moves the ordinals of what follows`` () =
    Input(4).Dense(9).Dense(3).Dense(2)
    |> paths "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias"

[<Fact>]
let ``a scope counts its own layers`` () =
    Input(4).Named("encoder", fun x -> x.Dense(3)).Dense(2)
    |> paths "encoder.dense1.weights encoder.dense1.bias dense1.weights dense1.bias"

[<Fact>]
let ``a layer inserted outside a scope renames nothing inside it`` () =
    Input(4).Dense(4).Named("encoder", fun x -> x.Dense(3)).Dense(2)
    |> paths "dense1.weights dense1.bias encoder.dense1.weights encoder.dense1.bias dense2.weights dense2.bias"

[<Fact>]
let ``a name reaches back to the name before`` () =
    Input(4).Dense(3).Dense(3).Named("encoder").Dense(2).Named("decoder")
    |> paths "encoder.dense1.weights encoder.dense1.bias encoder.dense2.weights encoder.dense2.bias decoder.dense1.weights decoder.dense1.bias"

[<Fact>]
let ``scopes nest`` () =
    Input(4).Named("outer", fun x -> x.Dense(3).Named("inner", fun y -> y.Dense(3)).Dense(2))
    |> paths "outer.dense1.weights outer.dense1.bias outer.inner.dense1.weights outer.inner.dense1.bias outer.dense2.weights outer.dense2.bias"

[<Fact>]
let ``a function called twice makes two layers`` () =
    Input(4) |> layer |> layer |> paths "dense1.weights dense1.bias dense2.weights dense2.bias"

[<Fact>]
let ``a value used twice is one layer`` () =
    let h = Input(4).Dense(3)
    h.Dense(2) + h.Dense(2) |> paths "dense1.weights dense1.bias dense2.weights dense2.bias dense3.weights dense3.bias"

[<Fact>]
let ``a parameter has its own name, by argument and by Named`` () =
    Input(2) * Parameter(1.0, "gain") + Parameter([| 2 |]).Named("shift") |> paths "gain shift"

[<Fact>]
let ``two heads stand on one trunk`` () =
    let trunk = Input(4).Dense(3).Named("trunk")
    trunk.Dense(2).Named("left") + trunk.Dense(2).Named("right")
    |> paths "trunk.dense1.weights trunk.dense1.bias left.dense1.weights left.dense1.bias right.dense1.weights right.dense1.bias"

[<Fact>]
let ``parameters in a list are numbered`` () =
    let a = List.init 2 (fun _ -> Parameter([| 2 |]))
    Input(2) * a[0] + a[1] |> paths "parameter1 parameter2"

[<Fact>]
let ``a function that captures its weights shares them`` () =
    let w = Parameter([| 4; 2 |], name = "w")
    let project x = MatMul(x, w)
    project (Input(4)) + project (Input(4, "b")) |> paths "w"
