namespace Nonsmooth.Cluster;

/// <summary>From one thread to another: what is offered stays where it is until it has been copied.</summary>
internal sealed unsafe class Mailbox
{
    private readonly object _lock = new();
    private byte* _data;
    private int _length;
    private bool _full;

    /// <summary>Whether something is offered.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _full;
            }
        }
    }

    /// <summary>Offers bytes that stay in place until <see cref="WaitEmpty"/> or <see cref="Withdraw"/>.</summary>
    public void Offer(byte* data, int length)
    {
        lock (_lock)
        {
            _data = data;
            (_length, _full) = (length, true);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until what was offered is copied.</summary>
    /// <param name="wait">Called between short waits; throws to give up.</param>
    public void WaitEmpty(Action wait)
    {
        lock (_lock)
        {
            WaitUntil(full: false, wait);
        }
    }

    /// <summary>Takes back what nobody has copied.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _full = false;
        }
    }

    /// <summary>Copies what is offered next, if it has the right length.</summary>
    /// <returns>The length offered.</returns>
    public int Take(Span<byte> into, Action wait)
    {
        lock (_lock)
        {
            WaitUntil(full: true, wait);
            if (_length == into.Length)
            {
                new ReadOnlySpan<byte>(_data, _length).CopyTo(into);
                _full = false;
                Monitor.PulseAll(_lock);
            }

            return _length;
        }
    }

    private void WaitUntil(bool full, Action wait)
    {
        while (_full != full)
        {
            // The other may have done its part, and ended, while this thread waited for the lock again.
            if (!Monitor.Wait(_lock, millisecondsTimeout: 10) && _full != full)
            {
                wait();
            }
        }
    }
}
