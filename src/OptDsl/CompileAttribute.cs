using System;

namespace OptDsl;

/// <summary>The number type that generated code computes in.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Single,

    /// <summary>64-bit floating point.</summary>
    Double,
}

/// <summary>
/// Asks the generator for the learner of a declaration: put it on a static property or parameterless method of type
/// <see cref="Model"/> in a partial class.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class CompileAttribute : Attribute
{
    /// <summary>The number type of parameters, data and arithmetic; single by default.</summary>
    public Precision Precision { get; set; }
}
