using System;

namespace OptDsl;

/// <summary>A declaration that cannot be compiled; the same code and text as the diagnostic at build time.</summary>
public sealed class OptDslException : Exception
{
    /// <summary>Makes the exception of a code (<c>OPT0101</c>) and the sentence that says what to write instead.</summary>
    public OptDslException(string code, string advice) : base(code + ": " + advice)
    {
        Code = code;
        Advice = advice;
    }

    /// <summary>The code of the diagnostic, <c>OPTnnnn</c>.</summary>
    public string Code { get; }

    /// <summary>The text without the code.</summary>
    public string Advice { get; }
}
