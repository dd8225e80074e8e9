using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Cli;

/// <summary>What the tool takes from the world around it, so that a test can give it another one.</summary>
internal sealed record ToolContext
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where complaints, notices and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether someone watches <see cref="Error"/>: progress is drawn only then.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether <see cref="Out"/> shows colours and bold.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Columns of a line of output.</summary>
    public int Width { get; init; } = 100;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where data sets are looked for.</summary>
    public DataLocations Data { get; init; } = DataLocations.None;

    /// <summary>How this machine is calibrated, and where that is kept: nowhere by default.</summary>
    public CalibrationOptions Calibration { get; init; } = new() { File = null };

    /// <summary>What a launcher of MPI said: nobody launched it, by default.</summary>
    public MpiLaunch Launch { get; init; } = MpiLaunch.None;

    /// <summary>Whether bfloat16 pays here, asked when a run is in it. Default yes.</summary>
    public Func<BFloat16Support> BFloat16 { get; init; } = static () => new(true, true);

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Cancelled when the user asks to stop.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The world as this process finds it.</summary>
    public static ToolContext OfProcess(CancellationToken stop)
    {
        // Open MPI gives each rank a terminal that nobody looks at.
        var launch = MpiLaunch.FromEnvironment();
        bool isSeen = launch.Launcher is null && !Console.IsOutputRedirected;
        return new()
        {
            Out = new StandardStream(Console.Out, isOutput: true),
            Error = new StandardStream(Console.Error, isOutput: false),
            ErrorIsTerminal = launch.Launcher is null && !Console.IsErrorRedirected,
            OutIsTerminal = isSeen,
            Width = isSeen ? Math.Clamp(Console.WindowWidth, 60, 140) : 100,
            Data = DataLocations.FromEnvironment(),
            Calibration = new CalibrationOptions(),
            BFloat16 = BFloat16Support.Here,
            Launch = launch,
            Stop = stop,
        };
    }
}
