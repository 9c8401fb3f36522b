using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Connections;

/// <summary>Connections: seeing, setting up, trying, removing. Secrets go in and never come out.</summary>
internal static class ConnectionPages
{
    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/connections", ListAsync);
        ui.MapGet("/connections/new", New).Needs(Role.Author);
        ui.MapPost("/connections/new", (HttpContext context, ConnectionCommands connections) => SaveAsync(context, null, connections)).Needs(Role.Author);
        ui.MapGet("/connections/{id}", ShowAsync).Needs(Role.Author);
        ui.MapPost("/connections/{id}", (HttpContext context, string id, ConnectionCommands connections) => SaveAsync(context, id, connections)).Needs(Role.Author);
        ui.MapPost("/connections/{id}/remove", RemoveAsync).Needs(Role.Author);
    }

    private static async Task<IResult> ListAsync(FlowEngine engine, ConnectionCommands connections, CancellationToken cancellation)
    {
        var all = await connections.AllAsync(cancellation);
        var users = engine.Catalog.All.Where(d => d.IsActive)
            .SelectMany(d => d.Version.Model.Tasks.SelectMany(t => t.Inputs).Where(i => i.Kind == InputKind.Connection).Select(i => (i.Name, Dag: d.Id)))
            .Distinct().ToLookup(u => u.Name, u => u.Dag, StringComparer.Ordinal);
        return Requests.Page<ConnectionsPage>(new ConnectionsModel(
            [.. all.Select(c => new ConnectionRow(c, connections.KindOf(c.Type)?.Title ?? c.Type, [.. users[c.Id].Order(StringComparer.Ordinal)]))],
            [.. users.Where(u => all.All(c => c.Id != u.Key)).OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => (u.Key, (IReadOnlyList<string>)[.. u]))],
            [.. connections.Kinds.OrderBy(k => k.Title, StringComparer.OrdinalIgnoreCase)]));
    }

    private static IResult New(HttpContext context, ConnectionCommands connections)
    {
        var type = context.Request.Query["type"].ToString();
        var kind = connections.KindOf(type) ?? throw ApiProblem.NotFound($"There is no type of connection '{type}'.");
        return Requests.Page<ConnectionFormPage>(new ConnectionFormModel(context.Request.Query["id"].ToString(), kind, null, new Dictionary<string, string>(), "", [], null));
    }

    private static async Task<IResult> ShowAsync(string id, ConnectionCommands connections, CancellationToken cancellation)
    {
        var known = await connections.FindAsync(id, cancellation);
        var kind = connections.KindOf(known.Type) ?? new ConnectionKind(known.Type, known.Type, "No provider describes this type.", []);
        return Requests.Page<ConnectionFormPage>(new ConnectionFormModel(id, kind, known, Shown(known, kind), known.Description ?? "", [], null));
    }

    private static async Task<IResult> SaveAsync(HttpContext context, string? id, ConnectionCommands connections)
    {
        var form = await context.FormAsync();
        var known = id is null ? null : await connections.FindAsync(id, context.RequestAborted);
        var type = known?.Type ?? form.Field("type");
        var kind = connections.KindOf(type) ?? throw ApiProblem.NotFound($"There is no type of connection '{type}'.");
        var (draft, texts) = Read(form, kind);
        var model = new ConnectionFormModel(id ?? form.Field("id"), kind, known, texts, draft.Description ?? "", [], null);
        try
        {
            if (form.Field("do") == "try")
                return Requests.Page<ConnectionFormPage>(model with { Trial = await connections.TryAsync(model.Id, model.IsGiven ? null : draft, context.RequestAborted) });
            if (id is null && (await connections.AllAsync(context.RequestAborted)).Any(c => c.Id == model.Id))
                return Refused(model with { Mistakes = [$"There is a connection '{model.Id}' already."] });
            var (saved, _) = await connections.SetAsync(model.Id, draft, context.Actor(), _ => true);
            return Requests.Done(context, $"Connection {saved.Id} is kept.", "connections");
        }
        catch (FlowCommandException refused) when (refused.Refusal != Refusal.NotFound)
        {
            return Refused(model with { Mistakes = [.. refused.Details.Select(d => d.Message).DefaultIfEmpty(refused.Message)] });
        }
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, ConnectionCommands connections)
    {
        await connections.RemoveAsync(id, context.Actor(), _ => true);
        return Requests.Done(context, $"Connection {id} is gone.", "connections");
    }

    private static IResult Refused(ConnectionFormModel model)
    {
        var page = Requests.Page<ConnectionFormPage>(model);
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    // An empty field of a secret leaves the secret as it is; the box beside it removes it.
    private static (ConnectionDraft Draft, IReadOnlyDictionary<string, string> Texts) Read(IFormCollection form, ConnectionKind kind)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in kind.Settings)
        {
            var text = (form.TryGetValue("setting." + setting.Name, out var given) ? given[^1] ?? "" : "").ReplaceLineEndings("\n");
            if (setting.Type != SettingType.LongText) text = text.Trim();
            if (!kind.IsSecret(setting.Name)) (texts[setting.Name], values[setting.Name]) = (text, text);
            else if (text.Length > 0) values[setting.Name] = text;
            else if (form.Field("remove." + setting.Name) == "true") values[setting.Name] = null;
        }

        var description = form.Field("description");
        return (new ConnectionDraft(kind.Name, values) { Description = description.Length > 0 ? description : null }, texts);
    }

    private static Dictionary<string, string> Shown(KnownConnection known, ConnectionKind kind) =>
        known.Settings?.Values.Where(v => !kind.IsSecret(v.Key)).ToDictionary(v => v.Key, v => ConnectionText.Shown(v.Key, v.Value, kind), StringComparer.OrdinalIgnoreCase) ?? [];
}
