using System.Runtime.InteropServices;

namespace Nonsmooth.Cli.Shell;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM) into a cancelled token where somebody has taken it; otherwise, and at the second, the process
/// ends as usual.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isTaken;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
    ];

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
        _source.Cancel();
    }
}
