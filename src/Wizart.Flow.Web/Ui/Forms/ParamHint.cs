using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>The words below a param's field: what its author says of it, and what may stand in it.</summary>
internal static class ParamHint
{
    public static string Of(ParamModel param, TimeZoneInfo zone)
    {
        var words = new List<string>();
        if (param.Description is { Length: > 0 } description) words.Add(description.TrimEnd('.'));
        if (param.Minimum is { } minimum && param.Maximum is { } maximum)
            words.Add($"From {ParamTexts.Of(param, minimum, zone)} to {ParamTexts.Of(param, maximum, zone)}");
        if (param.Pattern is { } pattern) words.Add($"Must match {pattern}");
        if (param.ValueKind == ParamValueKind.DateTime && ParamTexts.IsMoment(param)) words.Add($"In {zone.Id}");
        if (param.ValueKind == ParamValueKind.Json && param.Choices is null) words.Add("As JSON");
        return words.Count == 0 ? "" : string.Join(". ", words) + ".";
    }
}
