using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

internal static class AccessTables
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<UserRow>(users =>
        {
            users.ToTable("users").HasKey(u => u.NameKey);
            users.HasIndex(u => u.External).HasDatabaseName("ix_users_external").IsUnique().HasFilter("external IS NOT NULL");
        });
        model.Entity<SessionRow>(sessions =>
        {
            sessions.ToTable("sessions").HasKey(s => s.Id);
            sessions.HasIndex(s => s.UserKey).HasDatabaseName("ix_sessions_user");
        });
        model.Entity<TokenRow>(tokens =>
        {
            tokens.ToTable("api_tokens").HasKey(t => t.Id);
            tokens.HasIndex(t => t.Hash).HasDatabaseName("ix_api_tokens_hash").IsUnique();
        });
        model.Entity<SignInLinkRow>().ToTable("sign_in_links").HasKey(l => l.Hash);
    }
}
