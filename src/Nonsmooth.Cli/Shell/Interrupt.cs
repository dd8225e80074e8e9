using System.Runtime.InteropServices;

namespace Nonsmooth.Cli.Shell;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM) into a cancelled token where somebody has taken it; otherwise, and at the second, the process ends as
/// usual.
/// </summary>
/// <remarks>
/// A launcher sends one and then kills. So a rank that has not ended in time, for it waits for one that is gone, ends as by the second: the
/// others are told by the launcher.
/// </remarks>
internal sealed class Interrupt : IDisposable
{
    // Slurm's KillWait is 30 s.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(25);

    private readonly CancellationTokenSource _source = new();
    private readonly bool _isLaunched;
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isTaken;

    /// <summary>Listens until it is disposed.</summary>
    /// <param name="isLaunched">Whether a launcher of MPI started this process.</param>
    public Interrupt(bool isLaunched)
    {
        _isLaunched = isLaunched;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
        ];
    }

    /// <summary>The token, for work that ends soon when it is cancelled.</summary>
    public CancellationToken Take()
    {
        _isTaken = true;
        return _source.Token;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = _isTaken && !_source.IsCancellationRequested;
        if (context.Cancel && _isLaunched)
        {
            // A thread of its own: those of the pool may all be at work.
            new Thread(() =>
            {
                Thread.Sleep(_patience);
                Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
            }) { IsBackground = true, Name = "nonsmooth end" }.Start();
        }

        _source.Cancel();
    }
}
