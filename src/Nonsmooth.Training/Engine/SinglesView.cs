using System.Numerics;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Training.Engine;

/// <summary>An output of a compiled program as single-precision numbers in the processor's memory: in place where it is held so, else copied.</summary>
internal sealed unsafe class SinglesView : IDisposable
{
    private readonly Precision _precision;
    private readonly long _length;
    private TorchTensor? _converted;

    public SinglesView(Precision precision, long length)
    {
        (_precision, _length) = (precision, length);

        // On the processor Float16 is held in single precision.
        _converted = precision is Precision.Float64 or Precision.BFloat16 ? TorchTensor.Empty([length]) : null;
    }

    /// <summary>The address of an output's numbers, valid until the next call or the program's next run.</summary>
    public nint Of(CompiledProgram program, int output)
    {
        if (program.IsReadable)
        {
            return Of(program.OutputPointer(output));
        }

        _converted ??= TorchTensor.Empty([_length]);
        program.CopyOutput(output, _converted);
        return _converted.DataPointer;
    }

    /// <summary>The address of numbers in the processor's memory, likewise.</summary>
    public nint Of(nint output)
    {
        if (_converted is null)
        {
            return output;
        }

        var target = (float*)_converted.DataPointer;
        if (_precision == Precision.Float64)
        {
            Narrow((double*)output, target);
        }
        else
        {
            Widen((ushort*)output, (uint*)target);
        }

        return (nint)target;
    }

    public void Dispose() => _converted?.Dispose();

    private void Narrow(double* source, float* target)
    {
        long i = 0;
        for (; i <= _length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Store(Vector.Narrow(Vector.Load(source + i), Vector.Load(source + i + Vector<double>.Count)), target + i);
        }

        for (; i < _length; i++)
        {
            target[i] = (float)source[i];
        }
    }

    private void Widen(ushort* source, uint* target)
    {
        long i = 0;
        for (; i <= _length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.Load(source + i), out var low, out var high);
            Vector.Store(Vector.ShiftLeft(low, 16), target + i);
            Vector.Store(Vector.ShiftLeft(high, 16), target + i + Vector<uint>.Count);
        }

        for (; i < _length; i++)
        {
            target[i] = (uint)source[i] << 16;
        }
    }
}
