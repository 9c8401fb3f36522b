using System.Reflection;
using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;
using Wizart.Flow.Providers.Sheets.Requests;

namespace Wizart.Flow.Providers.Sheets.V4;

/// <summary>A call of the API; its parameters are its properties with a <see cref="RequestParameterAttribute"/>.</summary>
internal abstract class SheetsBaseServiceRequest<TResponse> : ClientServiceRequest<TResponse>
{
    private readonly object? _body;

    protected SheetsBaseServiceRequest(IClientService service, string method, string path, object? body = null)
        : base(service)
    {
        (HttpMethod, RestPath, _body) = (method, path, body);
        ModifyRequest = message => message.Options.Set(CallRecord.Key, Record);
        InitParameters();
    }

    /// <summary>What the sending of it needs to know, and what came of it.</summary>
    public CallRecord Record { get; } = new();

    public override string MethodName => GetType().Name;

    public override string HttpMethod { get; }

    public override string RestPath { get; }

    [RequestParameter("fields", RequestParameterType.Query)]
    public string? Fields { get; set; }

    protected override object? GetBody() => _body;

    protected override void InitParameters()
    {
        base.InitParameters();
        foreach (var property in GetType().GetProperties())
        {
            if (CustomAttributeExtensions.GetCustomAttribute<RequestParameterAttribute>(property) is not { } parameter) continue;
            var inPath = parameter.Type == RequestParameterType.Path;
            RequestParameters.Add(
                parameter.Name,
                new Parameter { Name = parameter.Name, IsRequired = inPath, ParameterType = inPath ? "path" : "query" });
        }
    }
}
