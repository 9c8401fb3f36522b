using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>How forms are read and answered.</summary>
internal static class FormRequests
{
    /// <summary>What was sent; nothing when it is no form.</summary>
    /// <exception cref="ApiProblem">It is broken, or too large.</exception>
    public static async Task<IFormCollection> FormAsync(this HttpContext context)
    {
        if (!context.Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException error)
        {
            throw ApiProblem.Invalid($"The form can't be read: {error.Message}");
        }
    }

    /// <summary>One field, without blanks around it; empty when it was not sent.</summary>
    public static string Field(this IFormCollection form, string name) => (form.TryGetValue(name, out var values) ? values[^1] ?? "" : "").Trim();

    /// <summary>
    /// After a form changed something that no event tells of: for the script a message, and the panels that listen for
    /// <c>flow-told</c> ask for themselves again; without it, on to a page.
    /// </summary>
    public static IResult Changed(HttpContext context, string message, string path)
    {
        if (context.IsPartial()) context.Response.Headers["HX-Trigger"] = "flow-told";
        return context.IsPartial() ? Requests.Done(context, message) : Requests.Done(context, message, path);
    }

    /// <summary>A form with the mistakes beside its fields.</summary>
    /// <typeparam name="TForm">The form alone, for the script.</typeparam>
    /// <typeparam name="TPage">The page that it stands on.</typeparam>
    public static IResult Refused<TForm, TPage>(HttpContext context, object model)
        where TForm : IComponent
        where TPage : IComponent
    {
        if (context.IsPartial())
        {
            var form = Requests.Page<TForm>(model);
            form.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return form;
        }

        var page = Requests.Page<TPage>(model);
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    /// <summary>A page, or only its panel or form where the script asks.</summary>
    public static IResult Show<TPanel, TPage>(HttpContext context, object model)
        where TPanel : IComponent
        where TPage : IComponent => context.IsPartial() ? Requests.Page<TPanel>(model) : Requests.Page<TPage>(model);
}
