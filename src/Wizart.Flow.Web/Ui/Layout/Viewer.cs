using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>Who looks at a page, and how: name, role, time zone, light or dark.</summary>
public sealed class Viewer(IHttpContextAccessor accessor, IAntiforgery antiforgery, TimeProvider time)
{
    /// <summary>The cookie that keeps the chosen time zone.</summary>
    public const string ZoneCookie = "flow-zone";

    /// <summary>The cookie that keeps light or dark.</summary>
    public const string ThemeCookie = "flow-theme";

    private TimeZoneInfo? _zone;

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Their name.</summary>
    public string Name => Context.User.Identity?.Name ?? "";

    /// <summary>What they may do.</summary>
    public Role Role => Enum.TryParse<Role>(Context.User.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer;

    /// <summary>Whether they are signed in.</summary>
    public bool IsSignedIn => Context.User.Identity?.IsAuthenticated == true;

    /// <summary>Whether they may do what asks for a role.</summary>
    public bool May(Role needed) => IsSignedIn && Role >= needed;

    /// <summary><c>light</c>, <c>dark</c>, or <c>system</c>.</summary>
    public string Theme => Context.Request.Cookies[ThemeCookie] is ("light" or "dark") and var theme ? theme : "system";

    /// <summary>The zone that times are shown in. UTC until another was chosen or the browser told its own.</summary>
    public TimeZoneInfo Zone => _zone ??= Chosen();

    /// <summary>The path that the daemon is reached under, with a slash at its end.</summary>
    public string Base => Context.Request.PathBase.HasValue ? Context.Request.PathBase.Value!.TrimEnd('/') + "/" : "/";

    /// <summary>The page's path and query from <see cref="Base"/> on, without a slash at its beginning.</summary>
    public string Here => Context.Request.Path.Value!.TrimStart('/') + Context.Request.QueryString;

    /// <summary>How many changes the page may know of: it hears of those that came after.</summary>
    public long Seen => Context.Items[PageFilter.Seen] is long seen ? seen : 0;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What forms send along, so that no other site can send them.</summary>
    public (string Name, string Value) Guard
    {
        get
        {
            var tokens = antiforgery.GetAndStoreTokens(Context);
            return (tokens.FormFieldName, tokens.RequestToken!);
        }
    }

    /// <summary>A time in <see cref="Zone"/>.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>A time in <see cref="Zone"/> as it reads, to the second.</summary>
    public string Full(DateTimeOffset instant) =>
        string.Create(CultureInfo.InvariantCulture, $"{Local(instant):ddd d MMM yyyy, HH:mm:ss} ({Zone.Id})");

    /// <summary>A time in <see cref="Zone"/> in few characters: without the year when it is this year's.</summary>
    public string Short(DateTimeOffset instant)
    {
        var (local, now) = (Local(instant), Local(Now));
        if (local.Date == now.Date) return local.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return local.ToString(local.Year == now.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
    }

    private TimeZoneInfo Chosen() =>
        Context.Request.Cookies[ZoneCookie] is { Length: > 0 and < 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
