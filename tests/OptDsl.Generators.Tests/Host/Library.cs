using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Another project, compiled with what the generator adds to it.</summary>
sealed record Library(string Name, byte[] Image)
{
    public MetadataReference Reference => MetadataReference.CreateFromImage(Image);

    public static Library Of(string name, string source, params Library[] references) => Of(name, [source], references);

    public static Library Of(string name, string[] sources, params Library[] references) => Of(Compilations.Of(sources, references).WithAssemblyName(name));

    public static Library Of(CSharpCompilation compilation)
    {
        var generated = Generated.Of(compilation);
        Assert.Empty(generated.Problems);
        return Emitted(generated.Whole);
    }

    /// <summary>Without the generator.</summary>
    public static Library Emitted(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return new(compilation.AssemblyName!, image.ToArray());
    }
}
