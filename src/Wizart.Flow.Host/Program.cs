using Wizart.Flow.Host.Daemon;
var config = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
var options = config.GetSection("Flow").Get<DaemonOptions>() ?? new DaemonOptions();
return await Daemon.RunAsync(options, default);
