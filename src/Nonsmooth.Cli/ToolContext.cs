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

    /// <summary>Columns of a line of output. Default those of a terminal that does not say.</summary>
    public int Width { get; init; } = TerminalWidth.Usual;

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

    /// <summary>Tells of this machine, for pages. Default the machine as it is.</summary>
    public Func<string> Machine { get; init; } = MachineWords.Here;

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Gives what is cancelled when the user asks to stop. Who takes it promises to end soon then; until somebody does, Ctrl-C ends the process.</summary>
    public Func<CancellationToken> Stopping { get; init; } = static () => CancellationToken.None;

    /// <summary>Cancelled when the user asks to stop: a view of <see cref="Stopping"/>.</summary>
    public CancellationToken Stop { get => Stopping(); init => Stopping = () => value; }

    /// <summary>The world as this process finds it.</summary>
    public static ToolContext OfProcess(Func<CancellationToken> stopping)
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
            Width = TerminalWidth.Of(isSeen ? Console.WindowWidth : null, Environment.GetEnvironmentVariable("COLUMNS")),
            Data = DataLocations.FromEnvironment(),
            Calibration = new CalibrationOptions(),
            BFloat16 = BFloat16Support.Here,
            Launch = launch,
            Stopping = stopping,
        };
    }
}
