// Checks a rule and a layer of your own. The rule has a slip in it, and so has the layer's hand-written gradient:
//   dotnet build src/OptDsl.Testing -c Release
//   dotnet fsi examples/check.fsx

// <opening>
#load "optdsl.testing.fsx"
open OptDsl
open OptDsl.Testing
open type OptDsl.Dsl
// </opening>

// <rule>
let heavyBall (lr: Expr) = Rule.Of(fun g v -> lr * v, v + 0.9 * g)                  // meant: 0.9 * v + g

try Check.Laws(heavyBall (Cosine(0.1, steps = 100_000))) |> ignore
with :? LawException as fault -> printfn $"{fault.Report}"
// </rule>

// <like>
let adam = Adam(lr = 1e-3)
printfn $"""{Check.Laws(adam, like = AdamW(lr = 1e-3, decay = 0.0), closedForm = Rule.Of(fun g -> 1e-3 * g / (abs g + 1e-8)))}"""
// </like>

// <gradient>
let custom (x: Expr) =
    let y, slope = tanh x, 1.0 + Square(tanh x)                                      // meant: 1.0 - Square(tanh x)
    StopGradient(y - slope * x) + StopGradient slope * x

try Check.Gradients(custom, [| 3 |]) |> ignore
with :? LawException as fault -> printfn $"{fault.Report}"
// </gradient>
