namespace Nonsmooth.Cli.Training;

/// <summary>How the learning rate moves over a run.</summary>
internal enum ScheduleKind
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>It falls along half a cosine to 0.</summary>
    Cosine,
}
