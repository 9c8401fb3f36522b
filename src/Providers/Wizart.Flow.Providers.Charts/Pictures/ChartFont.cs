using ScottPlot;
using SkiaSharp;

namespace Wizart.Flow.Providers.Charts.Pictures;

/// <summary>The font of the charts: the first that the machine has of those that look alike, never the library's serif.</summary>
internal sealed class ChartFont : IFontResolver
{
    /// <summary>Its name; no font of the machine is called so.</summary>
    public const string Name = "Wizart Flow Sans";

    private static readonly string[] Families = ["DejaVu Sans", "Verdana", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica", "Arial"];

    private static readonly SKTypeface Typeface = Load();

    private static readonly Lazy<bool> Installed = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new ChartFont());
        Fonts.Default = Name;
        Fonts.Sans = Name;
        return true;
    });

    /// <summary>Makes it known to the plotting library.</summary>
    public static void Install() => _ = Installed.Value;

    /// <summary>The font for a text: this one, or one of the machine where this one lacks a sign, such as Chinese.</summary>
    public static string For(string text) => text.Length == 0 || Typeface.ContainsGlyphs(text) ? Name : Fonts.Detect(text);

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface : null;

    // The overload of older versions of the interface.
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Load()
    {
        foreach (var family in Families)
            if (SKFontManager.Default.MatchFamily(family) is { } found && found.FamilyName == family) return found;
        return SKTypeface.Default.ContainsGlyphs("Ax0")
            ? SKTypeface.Default
            : throw new InvalidOperationException("This machine has no font to write on charts with. Install one: on Debian and Ubuntu, apt-get install fonts-dejavu-core.");
    }
}
