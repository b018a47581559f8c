using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// What an evaluation may cost, counted and never timed: the same declaration is accepted or refused on every machine.
/// </summary>
internal sealed class Budget(CancellationToken cancellation)
{
    /// <summary>Operations of the user's code; a call of the language costs <see cref="LanguageCall"/>.</summary>
    public const int Steps = 1_000_000;

    public const int LanguageCall = 100;

    /// <summary>Calls within calls.</summary>
    public const int Calls = 200;

    /// <summary>Operations within operations, over all calls; the stack of <see cref="LargeStack"/> holds three times as many.</summary>
    public const int Depth = 12_000;

    /// <summary>Elements of an array, list or sequence.</summary>
    public const int Elements = 1_000_000;

    /// <summary>Characters of a text.</summary>
    public const int Characters = 1 << 16;

    const string Smaller = "make the declaration smaller, or call Compile() at run time";

    readonly Stack<SyntaxNode> sites = new();

    int steps, depth;

    /// <summary>The operation being evaluated: whom to blame where library code asks for more.</summary>
    public SyntaxNode Current { get; private set; } = null!;

    /// <summary>Where the calls stand that are under way, the last one first.</summary>
    public IEnumerable<SyntaxNode> Sites => sites;

    public void Step(SyntaxNode at)
    {
        Current = at;
        if ((++steps & 255) == 0) cancellation.ThrowIfCancellationRequested();
        if (steps > Steps) throw OutOfSteps(at);
    }

    public void Charge(long cost, SyntaxNode? at = null)
    {
        cancellation.ThrowIfCancellationRequested();
        if (cost > Steps - steps) throw OutOfSteps(at ?? Current);
        steps += (int)cost;
    }

    public void Enter(SyntaxNode? at = null)
    {
        if (++depth > Depth) throw TooDeep(at ?? Current, "the declaration nests too deeply");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    public void Leave() => depth--;

    public void EnterCall(SyntaxNode at)
    {
        if (sites.Count == Calls) throw TooDeep(at, $"more than {Calls} calls are under way within each other");
        sites.Push(at);
    }

    public void LeaveCall() => sites.Pop();

    public void CheckElements(long count, SyntaxNode at)
    {
        if (count > Elements) throw Refusal.Because(Descriptors.Budget, at, "this makes more than 1,000,000 elements", Smaller);
        if (count > 0) Charge(count / 8, at);
    }

    public string CheckText(string text, SyntaxNode at)
    {
        CheckCharacters(text.Length, at);
        return text;
    }

    public void CheckCharacters(long count, SyntaxNode at)
    {
        if (count > Characters) throw Refusal.Because(Descriptors.Budget, at, "this makes a text of more than 65,536 characters", Smaller);
        if (count > 0) Charge(count / 64, at);
    }

    static Refusal OutOfSteps(SyntaxNode at) =>
        Refusal.Because(Descriptors.Budget, at, "the declaration takes more than 1,000,000 steps to evaluate, and this is where they end", "check that the loop ends, " + Smaller);

    static Refusal TooDeep(SyntaxNode at, string what) =>
        Refusal.Because(Descriptors.Budget, at, what, "check that the recursion ends, or write a loop");
}
