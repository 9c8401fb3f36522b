using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>Turns what pages and forms throw into a page that says what is wrong, or into a message where the browser's script asked.</summary>
internal sealed class PageFilter(FlowEngine engine, ILogger<PageFilter> log) : IEndpointFilter
{
    /// <summary>What of the feed had been told before the page looked at anything: it asks to hear of the rest.</summary>
    public static readonly object Seen = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Items[Seen] = engine.Feed.Changes;
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty; // nobody is there to read an answer
        }
        catch (ApiProblem problem)
        {
            return Answer(http, problem);
        }
        catch (FlowCommandException refused)
        {
            return Answer(http, ApiProblem.Of(refused));
        }
        catch (StoreException error)
        {
            log.LogError("{Method} {Path} failed: {Error}", http.Request.Method, http.Request.Path, error.Message);
            return Answer(http, ApiProblem.Unavailable(error.Message));
        }
        catch (BadHttpRequestException error)
        {
            return Answer(http, ApiProblem.Invalid(error.Message));
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            log.LogError(error, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            return Answer(http, ApiProblem.Bug());
        }
    }

    private static IResult Answer(HttpContext http, ApiProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.IsPartial()
            ? Results.Text(problem.Message, "text/plain", statusCode: problem.Status)
            : new RazorComponentResult<ProblemPage>(new { Status = problem.Status, Heading = problem.Heading, Detail = problem.Message }) { StatusCode = problem.Status };
    }
}
