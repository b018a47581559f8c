using System.Globalization;
using System.Text;

namespace OptDsl;

/// <summary>Culture-free, exact text: what canonical text is made of.</summary>
internal static class Text
{
    /// <summary>The shortest decimal that reads back as the same bits, on every host (short "R" is unsafe on .NET Framework).</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        foreach (var format in new[] { "G15", "G16", "G17" })
        {
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture).Equals(value)) return value == 0 && 1 / value < 0 ? "-0" : text;
        }
        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A quoted string whose content cannot leave its quotes or its line.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            if (c is >= ' ' and < (char)127 and not ('"' or '\\')) text.Append(c);
            else text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        return text.Append('"').ToString();
    }
}
