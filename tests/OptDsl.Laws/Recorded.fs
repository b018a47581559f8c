/// The canonical texts that the generator's tests record of their C# corpus: an F# declaration of the same model has the same text.
module OptDsl.Laws.Recorded

open System
open System.IO
open OptDsl
open Xunit

let private texts =
    let sections (path: string) =
        File.ReadAllText(path).ReplaceLineEndings("\n").Split("== ", StringSplitOptions.RemoveEmptyEntries)
        |> Array.map (fun section -> section.Split('\n', 2) |> fun parts -> parts[0], parts[1])
    lazy (Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.txt") |> Seq.collect sections |> Map.ofSeq)

/// The model is the one that C# declares under this name.
let isIn (name: string) (model: Model) = Assert.Equal(texts.Value[name], string model)
