using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Access;

/// <summary>Turns what the handlers of pages throw into pages that say it.</summary>
internal sealed class PageFilter(ILogger<PageFilter> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (FlowCommandException refused)
        {
            await AccessPages.RefusedAsync(http, AccessPages.StatusOf(refused), "That can't be done", refused.Message);
        }
        catch (ApiProblem problem)
        {
            await AccessPages.RefusedAsync(http, problem.Status, "That can't be done", problem.Message);
        }
        catch (StoreException error)
        {
            log.LogError("{Method} {Path} failed: {Error}", http.Request.Method, http.Request.Path, error.Message);
            await AccessPages.RefusedAsync(http, StatusCodes.Status503ServiceUnavailable, "The database can't be used", error.Message);
        }
        catch (Exception error) when (error is BadHttpRequestException or InvalidDataException)
        {
            await AccessPages.RefusedAsync(http, StatusCodes.Status400BadRequest, "That can't be read", error.Message);
        }

        return Results.Empty;
    }
}
