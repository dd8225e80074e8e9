using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>When each memory of a program comes and goes.</summary>
internal sealed class LivenessWalk
{
    private readonly Program _program;
    private readonly StorageMap _storage;
    private readonly int[] _born;
    private readonly int[] _dies;
    private readonly List<int>[] _dead;
    private readonly bool[] _input;
    private readonly bool[] _output;
    private long _held;

    public LivenessWalk(Program program, StorageMap storage)
    {
        (_program, _storage) = (program, storage);
        int never = program.Nodes.Count;
        _born = new int[program.Types.Count];
        _dies = new int[program.Types.Count];
        _input = new bool[program.Types.Count];
        _output = new bool[program.Types.Count];
        Array.Fill(_born, -1);
        foreach (var input in program.Inputs)
        {
            _input[input.Value] = true;
            _dies[input.Value] = never;
            _held += storage.Bytes(input.Value);
        }

        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int result in program.Nodes[n].Results)
            {
                _born[result] = n;
            }

            foreach (int value in program.Nodes[n].Arguments.Concat(program.Nodes[n].Results))
            {
                _dies[storage.Root(value)] = Math.Max(_dies[storage.Root(value)], n);
            }
        }

        foreach (var output in program.Outputs)
        {
            _output[storage.Root(output.Value)] = true;
            _dies[storage.Root(output.Value)] = never;
        }

        _dead = [.. program.Nodes.Select(_ => new List<int>())];
        for (int value = 0; value < _dies.Length; value++)
        {
            if (storage.Root(value) == value && _dies[value] < never && !_input[value])
            {
                _dead[_dies[value]].Add(value);
            }
        }
    }

    public long Run(int node) =>
        _held += _program.Nodes[node].Results.Where(r => _storage.Root(r) == r).Sum(_storage.Bytes);

    public long Release(int node) => _held -= _dead[node].Sum(_storage.Bytes);

    /// <summary>What is held while a node runs; before the first one for −1.</summary>
    public MemoryBreakdown Breakdown(int node)
    {
        var (inputs, outputs, saved, temporaries) = (0L, 0L, 0L, 0L);
        for (int value = 0; value < _dies.Length; value++)
        {
            long bytes = _storage.Bytes(value);
            if (_storage.Root(value) != value || (!_input[value] && (_born[value] > node || _dies[value] < node || node < 0)))
            {
                continue;
            }

            if (_input[value])
            {
                inputs += bytes;
            }
            else if (_output[value])
            {
                outputs += bytes;
            }
            else if (!IsBackward(_born[value]) && IsBackward(_dies[value]))
            {
                saved += bytes;
            }
            else
            {
                temporaries += bytes;
            }
        }

        return new MemoryBreakdown(inputs, outputs, saved, temporaries);
    }

    private bool IsBackward(int node) => _program.Nodes[node].Role == NodeRole.Vjp;
}
