using System.Runtime.CompilerServices;

namespace Nonsmooth.Compiled;

/// <summary>How a program is compiled. The bits of its results do not depend on it.</summary>
public sealed record CompileOptions
{
    /// <summary>The usual ones.</summary>
    public static CompileOptions Default { get; } = new();

    /// <summary>How the steps on single numbers run. Default <see cref="CompileMode.Code"/>.</summary>
    public CompileMode Mode { get; init; }

    /// <summary>How many operations a node may have that is written out number by number. Default 4096.</summary>
    public int MostUnrolled { get; init; } = 4096;

    /// <summary>From how many elements on a tensor is gone through in a loop instead of being written out number by number. Default 32.</summary>
    public int LeastLooped { get; init; } = 32;

    /// <summary>How many steps become one method; above some hundred the compiler gives up optimising. Default 300.</summary>
    public int Chunk { get; init; } = 300;

    /// <summary>Whether nodes may run as a whole.</summary>
    internal bool Kernels { get; init; } = true;

    /// <summary>Whether machine code is made.</summary>
    internal bool IsCode => Mode == CompileMode.Code && RuntimeFeature.IsDynamicCodeSupported;
}

/// <summary>How the steps of a compiled program run.</summary>
public enum CompileMode
{
    /// <summary>As machine code where the runtime can make some, else as a tape.</summary>
    Code,

    /// <summary>As a tape that a loop walks along: nothing is compiled, and a run is some ten times slower.</summary>
    Tape,
}
