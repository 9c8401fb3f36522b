using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Turns what handlers throw into problem details.</summary>
internal sealed class ProblemFilter(ILogger<ProblemFilter> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        ApiProblem problem;
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty; // nobody is there to read an answer
        }
        catch (ApiProblem thrown)
        {
            problem = thrown;
        }
        catch (FlowCommandException refused)
        {
            problem = ApiProblem.Of(refused);
        }
        catch (StoreException error)
        {
            log.LogError("{Method} {Path} failed: {Error}", http.Request.Method, http.Request.Path, error.Message);
            problem = ApiProblem.Unavailable(error.Message);
        }
        catch (BadHttpRequestException error)
        {
            problem = error.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiProblem.TooLarge(error.Message)
                : ApiProblem.Invalid(error.Message);
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            log.LogError(error, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            problem = ApiProblem.Bug();
        }

        if (!http.Response.HasStarted) await problem.WriteAsync(http);
        return Results.Empty;
    }
}
