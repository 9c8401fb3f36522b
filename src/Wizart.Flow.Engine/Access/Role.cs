namespace Wizart.Flow.Engine.Access;

/// <summary>What a person or a program may do. Each may all that those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything but secrets, users and the audit log.</summary>
    Viewer,

    /// <summary>Starts, cancels, clears, marks, pauses and backfills; answers approvals; tells of assets' updates.</summary>
    Operator,

    /// <summary>Changes connections, variables and pools, and sees the audit log.</summary>
    Author,

    /// <summary>Changes users and everybody's tokens.</summary>
    Admin,
}
