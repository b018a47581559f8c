using System.Globalization;

namespace OptDsl.Reporting;

/// <summary>Cells under one another.</summary>
static class TextTable
{
    /// <summary>A line per row, all of one length, two blanks between columns: names to the left, numbers to the right.</summary>
    public static string[] Lines(string[][] rows, Func<int, bool> isName)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(row => row[c].Length))];
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, c) => isName(c) ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))))];
    }

    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
