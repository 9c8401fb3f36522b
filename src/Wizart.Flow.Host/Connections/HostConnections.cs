using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;
using Wizart.Flow.Providers.Mail;
using Wizart.Flow.Providers.Sheets;
using Wizart.Flow.Providers.Slack;
using Wizart.Flow.Providers.Sql;
using Wizart.Flow.Providers.Teams;

namespace Wizart.Flow.Host.Connections;

/// <summary>The clients that bodies may ask for when they run in this process: the same as in a worker.</summary>
internal static class HostConnections
{
    /// <summary>A new set of them.</summary>
    public static ConnectionTypes Create() => new ConnectionTypes().AddHttp().AddMail().AddSheets().AddSlack().AddSql().AddTeams();
}
