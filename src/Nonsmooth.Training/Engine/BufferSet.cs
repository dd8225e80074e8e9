using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>A network's buffers, which training averages and evaluation takes, in single precision.</summary>
internal sealed class BufferSet : IDisposable
{
    private readonly NetworkBuffer[] _buffers;
    private readonly TorchTensor[] _tensors;
    private readonly SinglesView[] _views;
    private readonly int[] _moved;
    private readonly ParameterSet? _parameters;
    private readonly float[] _batch;

    /// <summary>Fills the buffers with what they start from; those that are the next values of parameters are copied to these.</summary>
    public BufferSet(IReadOnlyList<NetworkBuffer> buffers, ulong seed, Precision precision, ParameterSet? parameters = null)
    {
        _parameters = parameters;
        _buffers = [.. buffers];
        _moved = [.. _buffers.Select(b => b.Of is { } name && parameters is not null ? parameters.Parameters.Select(p => p.Name).ToList().IndexOf(name) : -1)];
        _tensors = [.. _buffers.Select(b => TorchTensor.Empty([.. b.Shape.Select(s => (long)s)]))];
        _views = [.. _buffers.Select(b => new SinglesView(precision, b.Shape.Count64))];
        _batch = new float[_buffers.Sum(b => b.Shape.Count64)];
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i].Initializer.Fill(Values(i), new CounterRandom(seed).Derive(_buffers[i].Name));
        }
    }

    public IReadOnlyList<TorchTensor> Tensors => _tensors;

    /// <summary>Numbers of all buffers.</summary>
    public int Length => _batch.Length;

    /// <summary>Moves every buffer towards the batch's value, which the program has just put out.</summary>
    public void Follow(CompiledProgram program, int firstOutput)
    {
        Read(program, firstOutput, _batch);
        Follow(_batch);
    }

    /// <summary>Copies the batch's values, which the program has just put out.</summary>
    public unsafe void Read(CompiledProgram program, int firstOutput, Span<float> into)
    {
        for (int i = 0, at = 0; i < _buffers.Length; i++)
        {
            int length = Values(i).Length;
            new ReadOnlySpan<float>((float*)_views[i].Of(program, firstOutput + i), length).CopyTo(into[at..]);
            at += length;
        }
    }

    /// <summary>Moves every buffer towards a batch's values, buffer after buffer.</summary>
    public void Follow(ReadOnlySpan<float> values)
    {
        for (int i = 0, at = 0; i < _buffers.Length; i++)
        {
            var running = Values(i);
            var batch = values.Slice(at, running.Length);
            at += running.Length;
            float momentum = (float)_buffers[i].Momentum;
            for (int j = 0; j < running.Length; j++)
            {
                running[j] = ((1 - momentum) * running[j]) + (momentum * batch[j]);
            }

            if (_moved[i] >= 0)
            {
                running.CopyTo(_parameters!.Values(_moved[i]));
            }
        }
    }

    /// <summary>Takes the values that a checkpoint holds under the buffers' names.</summary>
    /// <exception cref="NonsmoothException">One is missing or has another size.</exception>
    public void Load(Checkpoint checkpoint)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            float[] stored = checkpoint[_buffers[i].Name].ToSingles();
            if (stored.Length != _buffers[i].Shape.Count64)
            {
                throw new NonsmoothException(
                    $"buffer '{_buffers[i].Name}' has {stored.Length} numbers in the checkpoint and {_buffers[i].Shape.Count64} in the network: use the network that saved it");
            }

            stored.CopyTo(Values(i));
        }
    }

    /// <summary>Takes the values of a file of weights.</summary>
    /// <exception cref="NonsmoothException">One is missing or has another shape.</exception>
    public void Load(WeightSource source)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            if (_buffers[i].Of is not null)
            {
                continue;
            }

            source.Copy(_buffers[i].Name, _buffers[i].Shape, Values(i));
        }
    }

    public void Save(Dictionary<string, StoredTensor> tensors)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            tensors[_buffers[i].Name] = StoredTensor.Of<float>(Values(i), _tensors[i].Sizes);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }

        foreach (var view in _views)
        {
            view.Dispose();
        }
    }

    private Span<float> Values(int buffer) => _tensors[buffer].AsSpan<float>();
}
