using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A piece of the arena: in the fixed part, or (an offset per example) in the part that grows with the batch.</summary>
internal sealed record Place(string Name, bool Batched, long Offset, long Size, string Kind = Place.Temporary)
{
    public const string Temporary = "What a step needs for a while.";
}

/// <summary>
/// Every buffer of every program in one arena. Parameters, slots and gradients keep their places; what a step needs for a
/// while shares memory by lifetime, and the programs share it with each other.
/// </summary>
internal sealed class Plan
{
    readonly Dictionary<string, Place> kept = [];
    readonly Dictionary<(Program, Value), Place> places = [];
    readonly Dictionary<Value, Place> staged = [];
    readonly List<Place> all = [];
    readonly long stagedSize;

    public Plan(Graph graph, Storage storage, Names names, IReadOnlyList<Program> programs)
    {
        (Graph, Storage, Names, Programs) = (graph, storage, names, programs);
        foreach (var input in graph.Values.Where(v => v.Op == Primitive.Input && NeedsStaging(v)))
        {
            staged[input] = new(names.Field(names.Of(input) + ".rows"), true, stagedSize, storage.Size(input.Extent), "Data in padded rows.");
            stagedSize += storage.Size(input.Extent);
            all.Add(staged[input]);
        }
        foreach (var s in graph.Roots.Stored) kept[s.Name] = Keep(names.Field(s.Name), storage.Size(s.Leaf.Extent), s.IsSlot ? "Slots of the rule." : "Parameters.");
        foreach (var (name, value) in graph.Roots.Gradients) kept["gradient of " + name] = Keep(names.Field("gradient.of." + name), storage.Size(value.Extent), "Gradients, as Gradient leaves them.");
        Scratch = Keep("scratch", 16 * Math.Max(1, programs.SelectMany(p => p.Kernels).OfType<LoopKernel>().Select(Accumulators).DefaultIfEmpty(0).Max()), "Sixteen lanes for each reduction of a pass.");
        long fixedEnd = Fixed, perExample = stagedSize;
        foreach (var program in programs)
        {
            var (end, batched) = Pack(program, fixedEnd);
            (Fixed, perExample) = (Math.Max(Fixed, end), Math.Max(perExample, batched));
        }
        PerExample = perExample;
    }

    public Graph Graph { get; }

    public Storage Storage { get; }

    public Names Names { get; }

    public IReadOnlyList<Program> Programs { get; }

    /// <summary>What a step does.</summary>
    public Program Learn => Programs.First(p => p.Name == "Learn");

    /// <summary>Sixteen lanes for each reduction of a pass, where vectors are shorter than that.</summary>
    public Place Scratch { get; }

    /// <summary>Elements that do not depend on the batch.</summary>
    public long Fixed { get; private set; }

    /// <summary>Elements per example of the largest batch.</summary>
    public long PerExample { get; }

    /// <summary>Every place, in order of first use.</summary>
    public IReadOnlyList<Place> Places => all;

    public Place Kept(string name) => kept[name];

    /// <summary>Data whose rows a loop walks as vectors is copied to padded rows first, and so is data that Predict returns; what products read, or one number per example, is read in place.</summary>
    public bool IsStaged(Value input) => staged.ContainsKey(input);

    bool NeedsStaging(Value input) => Graph.Roots.Outputs.Any(o => o.Value == input)
        || (input.Extent.Dims.Rank > 0 && (input.Element == Element.Integer || input.Extent.Columns % 16 != 0)
            && Graph.Values.Any(v => v.Operands.Contains(input) && !ReadsInPlace(v, input)));

    /// <summary>What products alone ask for is copied, as of any window.</summary>
    bool IsCopied(Value pick) => Graph.Values.Where(v => v.Operands.Contains(pick)).All(v => v.Op == Primitive.MatMul);

    /// <summary>The left operand of products, what windows see that a loop does not, and indices may lie without padding.</summary>
    bool ReadsInPlace(Value v, Value input) =>
        (v.Op == Primitive.Unfold && (!Picks.IsPick(v) || IsCopied(v))) || (v.Op == Primitive.Gather && v.Operands[1] == input) || (v.Op == Primitive.ScatterAdd && v.Operands[0] == input && v.Operands[1] != input) || ((v.Op == Primitive.MatMul || v.Op == Primitive.BatchMatMul) && v.Operands[0] == input && v.Operands[1] != input);

    /// <summary>Where a program has a value, or null where it lives in registers only.</summary>
    public Place? Of(Program program, Value value) =>
        value.Op == Primitive.Parameter || value.Op == Primitive.Slot ? kept[(string)value.Data!]
        : value.Op == Primitive.Input ? staged.TryGetValue(value, out var rows) ? rows : null
        : places.TryGetValue((program, value), out var place) ? place : null;

    public override string ToString() =>
        string.Concat(all.Select(p => $"{p.Name} {(p.Batched ? "per example " : "")}{Text.Number(p.Offset)}..{Text.Number(p.Offset + p.Size)}\n"));

    static int Accumulators(LoopKernel loop) => loop.Values.Count(v => v.Op == Primitive.Sum || v.Op == Primitive.Max);

    Place Keep(string name, long size, string kind)
    {
        var place = new Place(name, false, Fixed, size, kind);
        Fixed += size;
        all.Add(place);
        return place;
    }

    (long Fixed, long PerExample) Pack(Program program, long fixedStart)
    {
        var needs = Lifetimes.Of(program);
        foreach (var write in program.Writes)
            if (program.Name == "Gradient" && needs.Remove(write.Value)) places[(program, write.Value)] = kept["gradient of " + write.Target];
        // Few parameters are updated by one loop at the end, so their gradients lie side by side. Those of parts are written before the loss is known to be a number.
        if (program.Name == "Learn" && program.Part is null && Fuse.IsSmall(Graph))
            foreach (var (name, value) in Graph.Roots.Gradients)
                if (needs.Remove(value)) places[(program, value)] = kept["gradient of " + name];
        // A reshape that moves nothing lies where its operand does.
        var views = needs.Keys.Where(v => v.Op == Primitive.Reshape && needs.ContainsKey(v.Operands[0]) && Storage.IsView(v)).ToList();
        foreach (var view in views)
        {
            var (of, life) = (needs[view.Operands[0]], needs[view]);
            needs[view.Operands[0]] = (of.From, Math.Max(of.To, life.To));
            needs.Remove(view);
        }
        var taken = new List<(Place Place, int From, int To)>();
        foreach (var (value, life) in needs.OrderByDescending(n => Storage.Size(n.Key)).ThenBy(n => n.Key.Id).Select(n => (n.Key, n.Value)))
        {
            var size = Storage.Size(value);
            var batched = value.Extent.Batched;
            // A value keeps the place that an earlier program gave it, where nothing else of this one lies.
            if (Earlier(value) is { } same && !taken.Any(t => Overlap(t.Place, same) && t.From <= life.To && life.From <= t.To))
            {
                places[(program, value)] = same;
                taken.Add((same, life.From, life.To));
                continue;
            }
            long offset = batched ? stagedSize : fixedStart;
            var rivals = taken.Where(t => t.Place.Batched == batched && t.From <= life.To && life.From <= t.To).OrderBy(t => t.Place.Offset);
            foreach (var rival in rivals)
                if (offset + size > rival.Place.Offset && offset < rival.Place.Offset + rival.Place.Size) offset = rival.Place.Offset + rival.Place.Size;
            var place = new Place(Names.Fresh(Names.Of(value)), batched, offset, size);
            all.Add(place);
            places[(program, value)] = place;
            taken.Add((place, life.From, life.To));
        }
        foreach (var view in views) places[(program, view)] = places[(program, view.Operands[0])];
        return (taken.Where(t => !t.Place.Batched).Select(t => t.Place.Offset + t.Place.Size).DefaultIfEmpty(fixedStart).Max(),
            taken.Where(t => t.Place.Batched).Select(t => t.Place.Offset + t.Place.Size).DefaultIfEmpty(0).Max());
    }

    Place? Earlier(Value value) => Programs.Select(p => places.TryGetValue((p, value), out var place) ? place : null).FirstOrDefault(p => p?.Kind == Place.Temporary);

    static bool Overlap(Place a, Place b) => a.Batched == b.Batched && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size;
}
