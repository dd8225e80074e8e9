namespace Nonsmooth.LibTorch.Execution;

/// <summary>Lets one thread at a time use an object that is not thread-safe, and nobody once it is disposed: misuse throws instead of ending the process.</summary>
internal sealed class OneUser(string name)
{
    private int _thread;
    private bool _runs;
    private bool _disposed;

    /// <summary>Begins a use; the same thread may begin another within it.</summary>
    /// <returns>What <see cref="Leave"/> takes.</returns>
    /// <exception cref="InvalidOperationException">Another thread uses the object.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public bool Enter()
    {
        int me = Environment.CurrentManagedThreadId;
        int user = Interlocked.CompareExchange(ref _thread, me, 0);
        if (user != 0 && user != me)
        {
            throw new InvalidOperationException($"the {name} is in use by another thread: make one for each thread");
        }

        if (_disposed)
        {
            Leave(user == 0);
            throw new ObjectDisposedException(name);
        }

        return user == 0;
    }

    /// <summary>Ends a use.</summary>
    public void Leave(bool first)
    {
        if (first)
        {
            Volatile.Write(ref _thread, 0);
        }
    }

    /// <summary>Begins a run, which nothing may run or dispose within.</summary>
    /// <exception cref="InvalidOperationException">A run is in progress.</exception>
    public bool EnterRun()
    {
        bool first = Enter();
        if (_runs)
        {
            throw new InvalidOperationException($"the {name} is running: let its run end first");
        }

        _runs = true;
        return first;
    }

    /// <summary>Ends a run.</summary>
    public void LeaveRun(bool first)
    {
        _runs = false;
        Leave(first);
    }

    /// <summary>Begins to dispose; false where that is done already.</summary>
    /// <exception cref="InvalidOperationException">The object is in use.</exception>
    public bool EnterDispose()
    {
        if (Interlocked.CompareExchange(ref _thread, Environment.CurrentManagedThreadId, 0) != 0)
        {
            throw new InvalidOperationException($"the {name} is in use: dispose it when its run has ended");
        }

        bool first = !_disposed;
        _disposed = true;
        Leave(true);
        return first;
    }
}
