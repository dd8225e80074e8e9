namespace Nonsmooth.Programs;

/// <summary>Finds the newest node that applies a function to given arguments in a given place.</summary>
/// <remarks>An open hash table of node numbers and places.</remarks>
internal sealed class Applications(NodeTable nodes)
{
    // Numbers are counted from 1: 0 is free.
    private (int Node, int Place)[] _slots = new (int, int)[16];
    private int _count;

    /// <summary>The node, or −1.</summary>
    public int Find(int function, ReadOnlySpan<int> arguments, int place) => _slots[Slot(function, arguments, place)].Node - 1;

    /// <summary>Lets a node be the newest that applies its function to its arguments in a place.</summary>
    public void Set(int node, int place)
    {
        if (2 * (_count + 1) > _slots.Length)
        {
            Grow();
        }

        ref var slot = ref _slots[Slot(nodes[node].Function, nodes.Arguments(node), place)];
        _count += slot.Node == 0 ? 1 : 0;
        slot = (node + 1, place);
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new (int, int)[2 * old.Length];
        foreach (var (number, place) in old)
        {
            if (number > 0)
            {
                _slots[Slot(nodes[number - 1].Function, nodes.Arguments(number - 1), place)] = (number, place);
            }
        }
    }

    private int Slot(int function, ReadOnlySpan<int> arguments, int place)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(function, arguments, place) & mask;
        while (_slots[slot] is { Node: > 0 } known && (known.Place != place || nodes[known.Node - 1].Function != function
            || !nodes.Arguments(known.Node - 1).SequenceEqual(arguments)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static int Hash(int function, ReadOnlySpan<int> arguments, int place)
    {
        uint hash = ((uint)function * 0x9E3779B1u) ^ ((uint)place * 0xC2B2AE35u);
        foreach (int argument in arguments)
        {
            hash = (System.Numerics.BitOperations.RotateLeft(hash, 13) ^ (uint)argument) * 0x85EBCA6Bu;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
