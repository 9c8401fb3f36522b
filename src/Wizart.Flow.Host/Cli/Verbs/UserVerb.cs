using System.CommandLine;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow user list|add|role|password|disable|enable|remove|link</c>.</summary>
internal static class UserVerb
{
    public static Command Create(CommonOptions options, Terminal terminal) => new("user", "Who may sign in, and what each may do.")
    {
        new List(options, terminal).Create(), new Add(options, terminal).Create(), new SetRole(options, terminal).Create(),
        new Password(options, terminal).Create(), new Disable(options, terminal, disables: true).Create(),
        new Disable(options, terminal, disables: false).Create(), new Remove(options, terminal).Create(), new Link(options, terminal).Create(),
    };

    /// <summary>What somebody may do, as an option.</summary>
    internal static Option<string> Role() => new("--role")
    {
        Description = "What may be done: viewer, operator, author or admin. Default: viewer.",
        HelpName = "ROLE",
        DefaultValueFactory = _ => "viewer",
    };

    private static Argument<string> Name() => new("NAME") { Description = "The user's name." };

    private static string Note(UserResource user) => user switch
    {
        { DisabledAt: not null } => "disabled",
        { IsExternal: true } => "signs in through another system",
        { HasPassword: false } => "has no password yet",
        _ => "",
    };

    /// <summary>A verb about one user, which ends with that user as it is now.</summary>
    private abstract class Change(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        protected Argument<string> Name { get; } = UserVerb.Name();

        protected int Told(ParseResult parsed, UserResource user, string words)
        {
            if (IsJson(parsed)) Terminal.WriteJson(user);
            else Terminal.Out.WriteLine(words);
            return ExitCodes.Fine;
        }
    }

    private sealed class List(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        protected override Command Declare() => new("list", "Lists the users.");

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var users = await client.UsersAsync(cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(users);
            else if (users.Length == 0) Terminal.Error.WriteLine("There are no users yet. Add one with 'flow user add NAME --role admin'.");
            else Write(users);
            return ExitCodes.Fine;
        }

        private void Write(UserResource[] users)
        {
            var columns = new Columns("USER", "ROLE", "LAST SIGNED IN", "");
            foreach (var user in users)
                columns.Add(
                    StateLook.Escaped(user.Name), SnakeCaseEnums.Word(user.Role), user.SignedInAt is { } at ? Words.Time(at) : "never", $"[dim]{Note(user)}[/]");
            columns.Write(Terminal);
        }
    }

    private sealed class Add(CommonOptions options, Terminal terminal) : Change(options, terminal)
    {
        private readonly Option<string> _role = Role();
        private readonly Option<bool> _link = new("--link") { Description = "Make a link with which the person sets a password, instead of asking for one." };

        protected override Command Declare() => new("add", "Adds a user. Asks for the password, or reads it from standard input.") { Name, _role, _link };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var name = parsed.GetRequiredValue(Name);
            var byLink = parsed.GetValue(_link);
            var password = byLink ? null : Passwords.ReadNew(Terminal, name);
            var user = await client.AddUserAsync(name, parsed.GetRequiredValue(_role), password, cancellation);
            if (!byLink) return Told(parsed, user, $"{user.Name} is {SnakeCaseEnums.Word(user.Role)}.");
            var link = await client.LinkUserAsync(user.Name, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(link);
            else Terminal.Out.WriteLine(link.Url);
            return ExitCodes.Fine;
        }
    }

    private sealed class SetRole(CommonOptions options, Terminal terminal) : Change(options, terminal)
    {
        private readonly Argument<string> _role = new("ROLE") { Description = "viewer, operator, author or admin." };

        protected override Command Declare() => new("role", "Gives a user another role.") { Name, _role };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var user = await client.ChangeUserAsync(parsed.GetRequiredValue(Name), new UserChange { Role = parsed.GetRequiredValue(_role) }, cancellation);
            return Told(parsed, user, $"{user.Name} is {SnakeCaseEnums.Word(user.Role)} now.");
        }
    }

    private sealed class Password(CommonOptions options, Terminal terminal) : Change(options, terminal)
    {
        protected override Command Declare() => new("password", "Sets a user's password and ends the user's sessions. Asks for it, or reads it from standard input.") { Name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var name = parsed.GetRequiredValue(Name);
            var user = await client.ChangeUserAsync(name, new UserChange { Password = Passwords.ReadNew(Terminal, name) }, cancellation);
            return Told(parsed, user, $"{user.Name} has another password; all sessions of {user.Name} are over.");
        }
    }

    private sealed class Disable(CommonOptions options, Terminal terminal, bool disables) : Change(options, terminal)
    {
        protected override Command Declare() => disables
            ? new("disable", "Keeps a user from signing in, and ends the user's sessions; tokens open nothing.") { Name }
            : new("enable", "Lets a user sign in again.") { Name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var user = await client.ChangeUserAsync(parsed.GetRequiredValue(Name), new UserChange { Disabled = disables }, cancellation);
            return Told(parsed, user, disables ? $"{user.Name} can't sign in any more." : $"{user.Name} can sign in again.");
        }
    }

    private sealed class Remove(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();

        protected override Command Declare() => new("remove", "Removes a user with all sessions and tokens.") { _name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var name = parsed.GetRequiredValue(_name);
            await client.RemoveUserAsync(name, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(writer => writer.WriteNullValue());
            else Terminal.Out.WriteLine($"{name} is removed.");
            return ExitCodes.Fine;
        }
    }

    private sealed class Link(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();

        protected override Command Declare() => new("link", "Makes a link with which a user sets a password, once, within 30 minutes.") { _name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var link = await client.LinkUserAsync(parsed.GetRequiredValue(_name), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(link);
            else Terminal.Out.WriteLine(link.Url);
            return ExitCodes.Fine;
        }
    }
}
