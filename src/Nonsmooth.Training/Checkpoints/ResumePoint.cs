namespace Nonsmooth.Training.Checkpoints;

/// <summary>The checkpoint that a run goes on from.</summary>
/// <param name="Checkpoint">What was loaded.</param>
/// <param name="Path">The file it came from.</param>
/// <param name="Notice">One line to show the user where the last checkpoint was not usable and an older one was taken; else null.</param>
public sealed record ResumePoint(Checkpoint Checkpoint, string Path, string? Notice);
