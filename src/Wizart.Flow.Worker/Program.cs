using Wizart.Flow.Runtime.Workers;
using Wizart.Flow.Worker;

if (WorkerSettings.Take() is not { } settings)
{
    Console.Error.WriteLine("This program runs the tasks of a Wizart.Flow daemon, which starts it by itself. Start the daemon instead: flow serve.");
    return 2;
}

ProcessGroup.Lead();
using var control = settings.Connect(SocketRole.Control);
using var output = settings.Connect(SocketRole.Output);
StandardStreams.SendTo(output);
using var outbox = new Outbox(control, settings.OutboxPath);
using var session = new WorkerSession(settings.Kind, control, outbox);
session.Serve();
return 0;
