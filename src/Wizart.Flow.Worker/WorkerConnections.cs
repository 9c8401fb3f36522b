using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;
using Wizart.Flow.Providers.Mail;
using Wizart.Flow.Providers.Sheets;
using Wizart.Flow.Providers.Slack;
using Wizart.Flow.Providers.Sql;
using Wizart.Flow.Providers.Teams;

namespace Wizart.Flow.Worker;

/// <summary>The clients that bodies may ask for: those of all providers that ship with the worker.</summary>
internal static class WorkerConnections
{
    public static ConnectionTypes Create() => new ConnectionTypes().AddHttp().AddMail().AddSheets().AddSlack().AddSql().AddTeams();
}
