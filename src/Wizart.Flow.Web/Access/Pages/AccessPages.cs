using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Web.Access.Pages;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Access;

/// <summary>What the pages of access share.</summary>
internal static class AccessPages
{
    /// <summary>A page with its parameters.</summary>
    public static RazorComponentResult Page<T>(int status, params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        new(typeof(T), parameters.ToDictionary(p => p.Name, p => p.Value)) { StatusCode = status };

    /// <summary>A page that says why something is not done; where the page's script asked, a message.</summary>
    public static Task RefusedAsync(HttpContext context, int status, string title, string detail)
    {
        if (context.IsPartial()) return Results.Text(detail, "text/plain", statusCode: status).ExecuteAsync(context);
        var page = context.User.Identity?.IsAuthenticated == true
            ? new RazorComponentResult<ProblemPage>(new { Status = status, Heading = title, Detail = detail }) { StatusCode = status }
            : (IResult)new RazorComponentResult<RefusedPage>(new { Title = title, Detail = detail }) { StatusCode = status };
        context.Response.StatusCode = status;
        return page.ExecuteAsync(context);
    }

    /// <summary>Goes to a page of this daemon after a form was taken.</summary>
    public static IResult To(HttpContext context, string path) => Results.Redirect(context.Request.PathBase + path);

    /// <summary>The status of a page that shows a refused form again.</summary>
    public static int StatusOf(FlowCommandException refused) => refused.Refusal switch
    {
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>A password of a form, blanks and all; empty when it is not there.</summary>
    public static string Secret(this IFormCollection form, string name) => form[name].ToString();
}
