namespace Wizart.Flow.Engine.Attempts;

/// <summary>Brings claimed attempts to where they run.</summary>
public interface IDispatcher
{
    /// <summary>Begins to run an attempt in a free slot of this node; calls <see cref="SlotLoop.RunAsync"/> there and does not wait for it.</summary>
    void Dispatch(ClaimedAttempt first);
}
