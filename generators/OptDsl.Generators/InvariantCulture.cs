using System;
using System.Globalization;

namespace OptDsl.Generators;

/// <summary>
/// While it lives, numbers and texts are written the same on every machine, also by library code that we call and that
/// asks nobody: sv-SE prints −7 with U+2212, which once reached generated code elsewhere.
/// </summary>
internal sealed class InvariantCulture : IDisposable
{
#pragma warning disable RS1035 // the rule forbids output that depends on the culture: this is what prevents it
    readonly CultureInfo culture = CultureInfo.CurrentCulture, language = CultureInfo.CurrentUICulture;

    public InvariantCulture() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
#pragma warning restore RS1035
}
