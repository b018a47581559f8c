using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.SpecialType;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// C#'s numeric conversions. Every source widens without loss to one of four types first. Where C# leaves the result open
/// (an unchecked conversion of a number too large) it is what .NET 9 and later give: the nearest value, and 0 for NaN.
/// </summary>
internal static class NumericConversion
{
    /// <summary>Null where there is no such conversion.</summary>
    public static object? To(SpecialType target, object value, bool isChecked) => value switch
    {
        sbyte v => From((long)v, target, isChecked),
        short v => From((long)v, target, isChecked),
        int v => From((long)v, target, isChecked),
        long v => From(v, target, isChecked),
        byte v => From((long)v, target, isChecked),
        ushort v => From((long)v, target, isChecked),
        char v => From((long)v, target, isChecked),
        uint v => From((long)v, target, isChecked),
        ulong v => From(v, target, isChecked),
        float v => From((double)v, target, isChecked, v),
        double v => From(v, target, isChecked, v),
        decimal v => From(v, target),
        _ => null,
    };

    static object? From(long v, SpecialType target, bool isChecked)
    {
        switch (target)
        {
            case System_SByte: return isChecked ? checked((sbyte)v) : unchecked((sbyte)v);
            case System_Byte: return isChecked ? checked((byte)v) : unchecked((byte)v);
            case System_Int16: return isChecked ? checked((short)v) : unchecked((short)v);
            case System_UInt16: return isChecked ? checked((ushort)v) : unchecked((ushort)v);
            case System_Int32: return isChecked ? checked((int)v) : unchecked((int)v);
            case System_UInt32: return isChecked ? checked((uint)v) : unchecked((uint)v);
            case System_Int64: return v;
            case System_UInt64: return isChecked ? checked((ulong)v) : unchecked((ulong)v);
            case System_Char: return isChecked ? checked((char)v) : unchecked((char)v);
            case System_Single: return (float)v;
            case System_Double: return (double)v;
            case System_Decimal: return (decimal)v;
            default: return null;
        }
    }

    static object? From(ulong v, SpecialType target, bool isChecked)
    {
        switch (target)
        {
            case System_SByte: return isChecked ? checked((sbyte)v) : unchecked((sbyte)v);
            case System_Byte: return isChecked ? checked((byte)v) : unchecked((byte)v);
            case System_Int16: return isChecked ? checked((short)v) : unchecked((short)v);
            case System_UInt16: return isChecked ? checked((ushort)v) : unchecked((ushort)v);
            case System_Int32: return isChecked ? checked((int)v) : unchecked((int)v);
            case System_UInt32: return isChecked ? checked((uint)v) : unchecked((uint)v);
            case System_Int64: return isChecked ? checked((long)v) : unchecked((long)v);
            case System_UInt64: return v;
            case System_Char: return isChecked ? checked((char)v) : unchecked((char)v);
            case System_Single: return (float)v;
            case System_Double: return (double)v;
            case System_Decimal: return (decimal)v;
            default: return null;
        }
    }

    static object? From(double v, SpecialType target, bool isChecked, object original)
    {
        switch (target)
        {
            case System_SByte: return isChecked ? checked((sbyte)v) : unchecked((sbyte)ToInt32(v));
            case System_Byte: return isChecked ? checked((byte)v) : unchecked((byte)ToInt32(v));
            case System_Int16: return isChecked ? checked((short)v) : unchecked((short)ToInt32(v));
            case System_UInt16: return isChecked ? checked((ushort)v) : unchecked((ushort)ToInt32(v));
            case System_Int32: return isChecked ? checked((int)v) : ToInt32(v);
            case System_UInt32: return isChecked ? checked((uint)v) : ToUInt32(v);
            case System_Int64: return isChecked ? checked((long)v) : ToInt64(v);
            case System_UInt64: return isChecked ? checked((ulong)v) : ToUInt64(v);
            case System_Char: return isChecked ? checked((char)v) : unchecked((char)ToInt32(v));
            case System_Single: return (float)v;
            case System_Double: return v;
            case System_Decimal: return original is float single ? (decimal)single : (decimal)v;
            default: return null;
        }
    }

    static object? From(decimal v, SpecialType target)
    {
        switch (target)
        {
            case System_SByte: return (sbyte)v;
            case System_Byte: return (byte)v;
            case System_Int16: return (short)v;
            case System_UInt16: return (ushort)v;
            case System_Int32: return (int)v;
            case System_UInt32: return (uint)v;
            case System_Int64: return (long)v;
            case System_UInt64: return (ulong)v;
            case System_Char: return (char)v;
            case System_Single: return (float)v;
            case System_Double: return (double)v;
            case System_Decimal: return v;
            default: return null;
        }
    }

    static int ToInt32(double v) => double.IsNaN(v) ? 0 : v < -2147483648.0 ? int.MinValue : v >= 2147483648.0 ? int.MaxValue : unchecked((int)v);

    static uint ToUInt32(double v) => double.IsNaN(v) ? 0 : v < 0.0 ? uint.MinValue : v >= 4294967296.0 ? uint.MaxValue : unchecked((uint)v);

    static long ToInt64(double v) => double.IsNaN(v) ? 0 : v < -9223372036854775808.0 ? long.MinValue : v >= 9223372036854775808.0 ? long.MaxValue : unchecked((long)v);

    static ulong ToUInt64(double v) => double.IsNaN(v) ? 0 : v < 0.0 ? ulong.MinValue : v >= 18446744073709551616.0 ? ulong.MaxValue : unchecked((ulong)v);
}
