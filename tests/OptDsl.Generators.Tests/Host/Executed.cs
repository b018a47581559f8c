extern alias language;

using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Declarations compiled into an assembly and run: what the evaluator must agree with.</summary>
static class Executed
{
    /// <summary>The canonical text of every <c>[Compile]</c> member, by the name of its class.</summary>
    public static Dictionary<string, string> Models(CSharpCompilation compilation, params Library[] libraries)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        image.Position = 0;
        var context = new Context(libraries);
        try
        {
            return context.LoadFromStream(image).GetTypes().SelectMany(t => t.GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(m => m.IsDefined(typeof(language::OptDsl.CompileAttribute)))
                .ToDictionary(m => Name(m.DeclaringType!), m => Value(m)!.ToString()!);
        }
        finally
        {
            context.Unload();
        }
    }

    static string Name(Type type) => (type.DeclaringType is { } outer ? Name(outer) + "." : "") + type.Name.Split('`')[0];

    static object? Value(MemberInfo member)
    {
        if (member.DeclaringType is { ContainsGenericParameters: true } open)
        {
            var closed = open.MakeGenericType([.. open.GetGenericArguments().Select(_ => typeof(object))]);
            member = closed.GetMember(member.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Single();
        }
        return member is PropertyInfo property ? property.GetValue(null) : ((MethodInfo)member).Invoke(null, null);
    }

    sealed class Context(Library[] libraries) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == "OptDsl") return typeof(language::OptDsl.Expr).Assembly;
            return libraries.FirstOrDefault(l => l.Name == name.Name) is { } library ? LoadFromStream(new MemoryStream(library.Image)) : null;
        }
    }
}
