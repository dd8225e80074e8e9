using System.Collections;

namespace Nonsmooth.Programs;

/// <summary>The nodes of a program, each as a view made when it is asked for.</summary>
internal sealed class NodeList(Program program) : IReadOnlyList<Node>
{
    public int Count => program.Table.Count;

    public Node this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new Node(program, index);
        }
    }

    public IEnumerator<Node> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return new Node(program, i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
