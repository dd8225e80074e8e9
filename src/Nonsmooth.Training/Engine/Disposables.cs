namespace Nonsmooth.Training.Engine;

/// <summary>What one object owns, released in reverse order.</summary>
internal sealed class Disposables : IDisposable
{
    private readonly Stack<IDisposable> _items = [];

    public T Add<T>(T item)
        where T : IDisposable
    {
        _items.Push(item);
        return item;
    }

    public void Dispose()
    {
        while (_items.TryPop(out var item))
        {
            item.Dispose();
        }
    }
}
