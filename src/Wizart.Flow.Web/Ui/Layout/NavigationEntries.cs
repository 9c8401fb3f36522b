using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Path">Where it leads, from the base on.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Role">Who sees it.</param>
/// <param name="Key">The second key of its shortcut, after <c>g</c>.</param>
public sealed record NavigationEntry(string Path, string Words, string Icon, Role Role, char Key);

/// <summary>The navigation, which the palette and the shortcuts know too.</summary>
public static class NavigationEntries
{
    /// <summary>Entries that belong together stand together.</summary>
    public static IReadOnlyList<IReadOnlyList<NavigationEntry>> Groups { get; } =
    [
        [
            new("", "Home", "home", Role.Viewer, 'h'),
            new("dags", "DAGs", "dags", Role.Viewer, 'd'),
            new("runs", "Runs", "runs", Role.Viewer, 'r'),
            new("approvals", "Approvals", "approvals", Role.Viewer, 'p'),
            new("backfills", "Backfills", "backfills", Role.Viewer, 'b'),
        ],
        [
            new("assets", "Assets", "assets", Role.Viewer, 'a'),
            new("metrics", "Metrics", "metrics", Role.Viewer, 'm'),
        ],
        [
            new("connections", "Connections", "connections", Role.Viewer, 'c'),
            new("variables", "Variables", "variables", Role.Viewer, 'v'),
            new("pools", "Pools", "pools", Role.Viewer, 'o'),
            new("errors", "Import errors", "errors", Role.Viewer, 'e'),
        ],
        [
            new("audit", "Audit log", "audit", Role.Author, 'l'),
            new("users", "Users and tokens", "users", Role.Admin, 'u'),
            new("handbook", "Handbook", "book", Role.Viewer, 'k'),
            new("api", "API", "api", Role.Viewer, 'i'),
        ],
    ];
}
