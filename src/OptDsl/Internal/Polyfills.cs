namespace System.Runtime.CompilerServices
{
    /// <summary>Lets netstandard2.0 compile init-only properties and records.</summary>
    internal static class IsExternalInit;
}
