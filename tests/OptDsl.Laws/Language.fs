/// F#'s own operators and functions on expressions: they mean what the words of the language mean.
module OptDsl.Laws.Language

open OptDsl
open type OptDsl.Dsl
open Xunit

let private x = Parameter([| 3 |], name = "x")

let private number (value: float) = Expr.op_Implicit value

let private same (expected: Expr) (found: Expr) = Assert.Equal(string expected, string found)

[<Fact>]
let ``an operator with a number is one line of text`` () =
    Assert.Equal("optdsl 1\n%0 constant 2 []\n%1 parameter \"x\" constant(0) [3]\n%2 multiply %0 %1 [3]\n", string (2.0 * x))

[<Fact>]
let ``floats stand on both sides of operators`` () =
    same (number 2.5 + x) (2.5 + x)
    same (x + number 2.5) (x + 2.5)
    same (number 2.5 - x) (2.5 - x)
    same (x - number 2.5) (x - 2.5)
    same (number 2.5 * x) (2.5 * x)
    same (x * number 2.5) (x * 2.5)
    same (number 2.5 / x) (2.5 / x)
    same (x / number 2.5) (x / 2.5)
    same (x % number 2.5) (x % 2.5)

[<Fact>]
let ``integers stand on both sides of operators`` () =
    same (number 2 + x) (2 + x)
    same (x + number 2) (x + 2)
    same (number 2 - x) (2 - x)
    same (x - number 2) (x - 2)
    same (number 2 * x) (2 * x)
    same (x * number 2) (x * 2)
    same (number 2 / x) (2 / x)
    same (x / number 2) (x / 2)
    same (x % number 2) (x % 2)

[<Fact>]
let ``operators between expressions keep their order`` () =
    let y = Parameter([| 3 |], name = "y")
    for texts in [ [ x + y; y + x ]; [ x - y; y - x ]; [ x * y; y * x ]; [ x / y; y / x ]; [ x; -x ] ] |> List.map (List.map string) do
        Assert.NotEqual<string>(texts[0], texts[1])
    Assert.Contains("negate %0", string -x)
    Assert.Same(x, +x)

[<Fact>]
let ``functions of F# are functions of the language`` () =
    for found, expected in
        [ sqrt x, Sqrt x; exp x, Exp x; log x, Log x; tanh x, Tanh x; abs x, Abs x
          sin x, Sin x; cos x, Cos x; floor x, Floor x ] do
        same expected found

[<Fact>]
let ``powers are powers of the language`` () =
    same (Pow(x, 3)) (x ** number 3)
    same (x * (x * x)) (x ** number 3)
    same (Exp(0.5 * Log x)) (x ** number 0.5)

[<Fact>]
let ``words of a chain are functions too`` () =
    same (Relu x) (x.Relu())
    same (Sigmoid x) (x.Sigmoid())
    same (Softplus x) (x.Softplus())
    same (Softmax x) (x.Softmax())
    same (Sum x) (x.Sum())
    same (Mean x) (x.Mean())

[<Fact>]
let ``elements and slices count from zero`` () =
    let matrix = Parameter([| 4; 3 |], name = "matrix")
    Assert.Equal<int>([ 3 ], matrix[2].Shape.Dims)
    Assert.Equal<int>([], matrix[2].[1].Shape.Dims)
    Assert.Equal<int>([ 2; 3 ], matrix.Slice(1, 2).Shape.Dims)
    Assert.Contains("slice %0 0 1 2 [2, 3]", string (matrix.Slice(1, 2)))
    Assert.NotEqual<string>(string (matrix[1]), string (matrix[2]))
    Assert.Equal(4, matrix.Length)

[<Fact>]
let ``reductions take an axis and keep it by name`` () =
    let matrix = Parameter([| 4; 3 |], name = "matrix")
    Assert.Equal<int>([ 4; 1 ], matrix.Sum(-1, keep = true).Shape.Dims)
    Assert.Equal<int>([ 3 ], matrix.Mean(0).Shape.Dims)
    Assert.Equal<int>([ 4 ], matrix.Max(1).Shape.Dims)

[<Fact>]
let ``a loss is a property, a function and a lambda`` () =
    let ofLoss (loss: LossFunction) = Input(4).Dense(2).Loss(loss).Minimize(Sgd 0.1)
    let ofLambda = Input(4).Dense(2).Loss(fun y t -> Square(y - t).Mean()).Minimize(Sgd 0.1)
    let squared (y: Expr) (t: Expr) = Square(y - t).Mean()
    Assert.Equal(ofLoss SquaredError, ofLambda)
    Assert.Equal(ofLoss SquaredError, ofLoss (LossFunction squared))
    Assert.NotEqual(ofLoss SquaredError, ofLoss (LossFunction(fun y t -> (y - t).Mean())))

[<Fact>]
let ``equal declarations are equal values with equal source`` () =
    let declare (rate: float) = Input(4).Dense(2).Loss(SquaredError).Minimize(Adam(lr = Cosine(rate, steps = 100)))
    Assert.Equal(declare 0.1, declare 0.1)
    Assert.Equal((declare 0.1).GetHashCode(), (declare 0.1).GetHashCode())
    Assert.Equal((declare 0.1).Source(), (declare 0.1).Source())
    Assert.NotEqual(declare 0.1, declare 0.2)
    Assert.NotEqual<string>((declare 0.1).Source(), (declare 0.2).Source())

[<Fact>]
let ``schedules are expressions of the step`` () =
    same (0.1 / (1 + 1e-3 * Step)) (InverseTime(0.1, 1e-3))
    same (0.1 * exp (-(number 1e-3) * Step)) (Exponential(0.1, 1e-3))
    same (Min(1, (Step + 1) / 500)) (Warmup 500)
    same (Warmup(5) * number 0.1) (Warmup 5 * 0.1)
