using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace OptDsl.Generators.Evaluation;

/// <summary>A sequence whose every element costs a step: LINQ composes endless ones out of a few calls.</summary>
internal sealed class Metered<T>(IEnumerable<T> sequence, Budget budget) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var item in sequence)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            budget.Charge(1 + (item is string text ? text.Length / 64 : 0));
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
