/// The mistakes that people make first: one exception each, in the words of the diagnostic that C# gives (the generator's MistakeTests).
module OptDsl.Laws.Mistakes

open System
open OptDsl
open type OptDsl.Dsl
open Xunit

let private isRefused (code: string) (advice: string) (declare: unit -> 'T) =
    let mistake = Assert.Throws<OptDslException>(Action(declare >> ignore<'T>))
    Assert.Equal((code, advice), (mistake.Code, mistake.Advice))
    Assert.Equal($"{code}: {advice}", mistake.Message)

[<Fact>]
let ``labels that are real`` () =
    isRefused "OPT0103" "labels must be integers, but input [1] is real; declare them with IntegerInput(\"target\")" (fun () ->
        SoftmaxCrossEntropy.Invoke(Input(784, "digits").Dense(10), Input 1).Minimize(Sgd 0.1))

[<Fact>]
let ``a residual that does not fit`` () =
    isRefused "OPT0101" "add does not fit: relu of dense [128] against dense of relu of dense [64]; sizes must be equal, or 1" (fun () ->
        let x = Input(784).Dense(128).Relu()
        x + x.Dense(64))

[<Fact>]
let ``a width below one`` () =
    isRefused "OPT0102" "units: sizes must be at least 1, but one is 0" (fun () -> Input(784).Dense(128).Dense(0))
    isRefused "OPT0102" "units: sizes must be at least 1, but one is -3" (fun () -> Input(784).Dense(128).Dense(-3))

[<Fact>]
let ``orthogonal numbers without rows`` () =
    isRefused "OPT0102" "Orthogonal: needs rows and columns, but the parameter is [3]" (fun () -> Input(4).Dense(3, bias = Init.Orthogonal()))
    isRefused "OPT0102" "Orthogonal: needs rows and columns, but the parameter is []" (fun () -> Parameter([||], Init.Orthogonal()))

[<Fact>]
let ``a rule that forgets its slot`` () =
    isRefused "OPT0105" "the rule takes 1 slot but returns 0 next values; return the step and then the next value of every slot" (fun () ->
        Rule.Of(fun g m -> 0.9 * m + g))

[<Fact>]
let ``a rule that forgets one slot of two`` () =
    isRefused "OPT0105" "the rule takes 2 slots but returns 1 next value; return the step and then the next value of every slot" (fun () ->
        Rule.Of(fun g m v -> m + v + g, m))

[<Fact>]
let ``a name twice`` () =
    isRefused "OPT0108" "two inputs are called 'x'; rename one, or put them in scopes with .Named(…)" (fun () ->
        Input(4, "x").Dense(2).Loss(SquaredError, "x").Minimize(Sgd 0.1))
    isRefused "OPT0108" "two parameters are called 'w'; rename one, or put them in scopes with .Named(…)" (fun () ->
        (Parameter(1.0, "w") * Parameter(2.0, "w")).Minimize(Sgd 0.1))

[<Fact>]
let ``nothing to train`` () =
    isRefused "OPT0110" "there is nothing to train: the loss has no parameter; add a layer or a Parameter" (fun () ->
        Input(4).Loss(SquaredError).Minimize(Sgd 0.1))

[<Fact>]
let ``what is valid but probably not meant`` () =
    let model = Input(4).Dense(8, Init.He).Tanh().Dense(3).Softmax().Loss(SoftmaxCrossEntropy).Minimize(Sgd 0.1)
    Assert.Equal<string list>([ "OPT0201"; "OPT0203" ], [ for finding in model.Findings -> finding.Code ])
    Assert.StartsWith("OPT0203: 'dense1.weights' [4, 8] starts as Init.He, which is for relu, but tanh follows;", string model.Findings[1])
