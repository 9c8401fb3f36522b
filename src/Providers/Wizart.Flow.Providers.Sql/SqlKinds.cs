using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sql;

/// <summary>What people need to know of connections to databases.</summary>
internal static class SqlKinds
{
    public static ConnectionKind Sqlite() => new(
        "sqlite", "SQLite", "A database in a file on the daemon's machine.",
        [
            new("path", SettingType.Text, "The file; relative to the daemon's folder. This or 'connectionString'."),
            new("connectionString", SettingType.Text, "As the driver reads it: Data Source=data/shop.db.") { Secret = true },
        ])
    {
        Check = CheckAsync,
    };

    public static ConnectionKind Postgres() => new(
        "postgres", "PostgreSQL", "A PostgreSQL database.",
        [
            new("host", SettingType.Text, "The server's name or address. Needed unless there is a 'connectionString'."),
            new("port", SettingType.Number, "Its port.") { Default = "5432" },
            new("database", SettingType.Text, "The database. Needed unless there is a 'connectionString'."),
            new("username", SettingType.Text, "Who signs in. Needed unless there is a 'connectionString'."),
            new("password", SettingType.Text, "The password.") { Secret = true },
            new("connectionString", SettingType.Text, "Instead of all others: Host=db;Port=5432;Database=shop;Username=flow;Password=….") { Secret = true },
        ])
    {
        Check = CheckAsync,
    };

    private static async Task<string> CheckAsync(ConnectionSettings settings, ConnectionScope scope)
    {
        // A file that is not there would be made: a try must not do that.
        if (settings.Type == "sqlite" && settings.Find("path") is { } path && !File.Exists(path))
            throw new ConnectionException($"There is no file {Path.GetFullPath(path)}. The first task that uses the connection would make it.");
        await new Database(settings, scope).Scalar<int>($"select 1");
        return "The database answers a query.";
    }
}
