using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>What became of a mutant.</summary>
enum Fate
{
    /// <summary>A law failed.</summary>
    Killed,

    /// <summary>Every law held, though something differs.</summary>
    Survived,

    /// <summary>Nothing differs on any input that was tried, or there was nothing to change.</summary>
    Equivalent,

    /// <summary>Something broke that is no law: that kills nobody.</summary>
    Crashed,
}

/// <summary>What became of a mutant, and the law that killed it or what broke.</summary>
sealed record Judgement(Fate Fate, string By)
{
    /// <summary>Runs checks in turn; the first that fails kills.</summary>
    public static Judgement Of(IEnumerable<(string Law, Action Check)> laws)
    {
        foreach (var (law, check) in laws)
            try
            {
                check();
            }
            catch (Exception fault) when (fault is MismatchException or LawException)
            {
                return new(Fate.Killed, law);
            }
            catch (Exception fault)
            {
                return new(Fate.Crashed, $"{law}: {fault.GetType().Name}: {fault.Message.Split('\n')[0]}");
            }
        return new(Fate.Survived, "");
    }
}

/// <summary>An error by hand: the part of the project that has it, and what is wrong.</summary>
abstract record Mutant(string Area, string Name);

/// <summary>A compiler with an error.</summary>
sealed record CompilerMutant(string Area, string Name, Pipeline Pipeline) : Mutant(Area, Name);

/// <summary>A rule or schedule with an error, and the laws that speak of it.</summary>
sealed record RuleMutant(string Area, string Name, IReadOnlyList<(string Law, Action Check)> Laws) : Mutant(Area, Name);
