using System.Runtime.CompilerServices;
using OptDsl.Compiler;

namespace OptDsl.Fuzz;

using Program = Compiler.Program;

/// <summary>The inside of plans and programs, which only mutants change.</summary>
static class PlanParts
{
    /// <summary>Another place instead of one, wherever the plan has it.</summary>
    public static void Move(this Plan plan, Place from, Place to)
    {
        var all = All(plan);
        for (var i = 0; i < all.Count; i++) if (ReferenceEquals(all[i], from)) all[i] = to;
        foreach (var key in Places(plan).Where(p => ReferenceEquals(p.Value, from)).Select(p => p.Key).ToList()) Places(plan)[key] = to;
        foreach (var key in Kept(plan).Where(p => ReferenceEquals(p.Value, from)).Select(p => p.Key).ToList()) Kept(plan)[key] = to;
        if (ReferenceEquals(plan.Scratch, from)) Scratch(plan) = to;
    }

    /// <summary>The new values that go over the old ones at once.</summary>
    public static void Overwrite(this Program program, ILookup<Value, string> writes) => Overwrites(program) = writes;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "all")]
    static extern ref List<Place> All(Plan plan);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "places")]
    static extern ref Dictionary<(Program, Value), Place> Places(Plan plan);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "kept")]
    static extern ref Dictionary<string, Place> Kept(Plan plan);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Scratch>k__BackingField")]
    static extern ref Place Scratch(Plan plan);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Fixed>k__BackingField")]
    public static extern ref long Fixed(Plan plan);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "overwrites")]
    static extern ref ILookup<Value, string> Overwrites(Program program);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "panels")]
    public static extern ref HashSet<Shape> Panels(Storage storage);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "framed")]
    public static extern ref HashSet<Value> Framed(Storage storage);
}
