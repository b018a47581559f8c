// What netstandard2.0 lacks and the compiler asks for.
namespace Microsoft.CodeAnalysis
{
    [Embedded]
    internal sealed class EmbeddedAttribute : System.Attribute;
}

namespace System.Runtime.CompilerServices
{
    /// <summary>For init-only properties and records.</summary>
    internal static class IsExternalInit;

    /// <summary>For methods that are told how their argument is spelled. Embedded: assemblies that see our internals have their own.</summary>
    [Microsoft.CodeAnalysis.Embedded]
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class CallerArgumentExpressionAttribute(string parameter) : Attribute
    {
        public string Parameter { get; } = parameter;
    }
}
