namespace Nonsmooth.Programs;

/// <summary>Finds the newest node that applies a function to given arguments.</summary>
/// <remarks>An open hash table of node numbers: four to eight bytes a node.</remarks>
internal sealed class Applications(NodeTable nodes)
{
    // Numbers are counted from 1: 0 is free.
    private int[] _slots = new int[16];
    private int _count;

    /// <summary>The node, or −1.</summary>
    public int Find(int function, ReadOnlySpan<int> arguments) => _slots[Slot(function, arguments)] - 1;

    /// <summary>Lets a node be the newest that applies its function to its arguments.</summary>
    public void Set(int node)
    {
        if (2 * (_count + 1) > _slots.Length)
        {
            Grow();
        }

        ref int slot = ref _slots[Slot(nodes[node].Function, nodes.Arguments(node))];
        _count += slot == 0 ? 1 : 0;
        slot = node + 1;
    }

    private void Grow()
    {
        int[] old = _slots;
        _slots = new int[2 * old.Length];
        foreach (int number in old)
        {
            if (number > 0)
            {
                _slots[Slot(nodes[number - 1].Function, nodes.Arguments(number - 1))] = number;
            }
        }
    }

    private int Slot(int function, ReadOnlySpan<int> arguments)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(function, arguments) & mask;
        while (_slots[slot] is > 0 and int number
            && (nodes[number - 1].Function != function || !nodes.Arguments(number - 1).SequenceEqual(arguments)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static int Hash(int function, ReadOnlySpan<int> arguments)
    {
        uint hash = (uint)function * 0x9E3779B1u;
        foreach (int argument in arguments)
        {
            hash = (System.Numerics.BitOperations.RotateLeft(hash, 13) ^ (uint)argument) * 0x85EBCA6Bu;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
