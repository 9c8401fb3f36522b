using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Values;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Ui.Forms;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Variables;

/// <summary>Stored variables: looking at them, adding, changing and removing.</summary>
internal static partial class VariablePages
{
    private const int Most = 10_000;

    public static void Map(RouteGroupBuilder ui)
    {
        ui.MapGet("/variables", ListAsync);
        ui.MapGet("/variables/new", (HttpContext context, FlowEngine engine) => New(context, engine)).Needs(Role.Author);
        ui.MapGet("/variables/{name}", EditAsync).Needs(Role.Author);
        ui.MapPost("/variables", AddAsync).Needs(Role.Author);
        ui.MapPost("/variables/{name}", ChangeAsync).Needs(Role.Author);
        ui.MapPost("/variables/{name}/remove", RemoveAsync).Needs(Role.Author);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FlowEngine engine, IFlowQueries queries, CancellationToken cancellation)
    {
        var text = context.Request.Query["text"].ToString().Trim();
        var uses = VariableUses.Of(engine.Catalog);
        var stored = (await queries.VariablesAsync(null, Most, cancellation)).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        var all = stored.Keys.Union(uses.Select(u => u.Key), StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new VariableRow(name, stored.TryGetValue(name, out var value) ? value : null, [.. uses[name]])).ToArray();
        var found = all.Where(row => Fits(row, text)).ToArray();
        var page = PageNumber.Of(context.Request.Query, found.Length, VariablesModel.PageSize);
        var rows = found.Skip((page - 1) * VariablesModel.PageSize).Take(VariablesModel.PageSize).ToArray();
        return FormRequests.Show<VariableList, VariablesPage>(context, new VariablesModel(text, rows, page, found.Length, all.Length));
    }

    private static bool Fits(VariableRow row, string text) =>
        text.Length == 0 || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.Uses.Any(use => use.DagId.Contains(text, StringComparison.OrdinalIgnoreCase))
        || row.Value?.ToString().Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static IResult New(HttpContext context, FlowEngine engine)
    {
        var name = context.Request.Query["name"].ToString();
        return FormRequests.Show<VariableEdit, VariablePage>(context, new VariableForm(name, "", false, IsNew: true, [.. VariableUses.Of(engine.Catalog)[name]]));
    }

    private static async Task<IResult> EditAsync(HttpContext context, string name, FlowEngine engine, IFlowStore store, CancellationToken cancellation)
    {
        var json = (await FindAsync(name, store, cancellation)).ToString();
        var isText = JsonText.Parse(json, out var value) is null && value.ValueKind == JsonValueKind.String;
        var form = new VariableForm(name, isText ? value.GetString()! : JsonText.Pretty(json), isText, IsNew: false, [.. VariableUses.Of(engine.Catalog)[name]]);
        return FormRequests.Show<VariableEdit, VariablePage>(context, form);
    }

    private static async Task<IResult> AddAsync(HttpContext context, FlowEngine engine, IFlowStore store)
    {
        var form = await context.FormAsync();
        var filled = Filled(form, form.Field("name"), isNew: true, engine);
        if (!Name().IsMatch(filled.Name))
            filled = filled with { NameMistake = filled.Name.Length == 0 ? "A variable needs a name." : "Use 1 to 200 letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'." };
        else if ((await store.LoadVariablesAsync([filled.Name], context.RequestAborted)).Count > 0)
            filled = filled with { NameMistake = "There is a variable of this name already: change that one." };
        return await SaveAsync(context, engine, filled, "is set");
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string name, FlowEngine engine, IFlowStore store)
    {
        await FindAsync(name, store, context.RequestAborted);
        return await SaveAsync(context, engine, Filled(await context.FormAsync(), name, isNew: false, engine), "has a new value");
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string name, FlowEngine engine, IFlowStore store)
    {
        await FindAsync(name, store, context.RequestAborted);
        await engine.Commands.SetVariableAsync(name, null, context.Actor());
        return FormRequests.Changed(context, $"Variable {name} is removed.", "variables");
    }

    private static async Task<IResult> SaveAsync(HttpContext context, FlowEngine engine, VariableForm form, string done)
    {
        JsonElement value = default;
        if (form.IsText) value = JsonSerializer.SerializeToElement(form.Value, ValueJson.Options);
        else form = form with { ValueMistake = JsonText.Parse(form.Value, out value) };
        if (form.NameMistake is not null || form.ValueMistake is not null) return FormRequests.Refused<VariableEdit, VariablePage>(context, form);
        await engine.Commands.SetVariableAsync(form.Name, value, context.Actor());
        return FormRequests.Changed(context, $"Variable {form.Name} {done}.", "variables");
    }

    private static VariableForm Filled(IFormCollection form, string name, bool isNew, FlowEngine engine)
    {
        var value = (form.TryGetValue("value", out var given) ? given[^1] ?? "" : "").ReplaceLineEndings("\n");
        return new VariableForm(name, value, form.Field("text") == "true", isNew, [.. VariableUses.Of(engine.Catalog)[name]]);
    }

    private static async Task<Execution.JsonPayload> FindAsync(string name, IFlowStore store, CancellationToken cancellation) =>
        (await store.LoadVariablesAsync([name], cancellation)).TryGetValue(name, out var value)
            ? value
            : throw ApiProblem.NotFound($"There is no variable '{name}'.");

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.\-]{0,199}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
