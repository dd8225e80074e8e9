using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>Attacks a classifier of pixels from 0 to 1: steps along the sign of the gradient inside a box about each image. Compiled once for a batch.</summary>
/// <remarks>Not thread-safe. A gradient that is NaN moves nothing.</remarks>
public abstract class PixelAttack : IDisposable
{
    private readonly CompiledProgram _program;
    private readonly TorchTensor[] _fields;
    private readonly TorchTensor _target;

    private protected PixelAttack(Model network, int batch, string moved, Selection selection)
    {
        Batch = batch;
        var program = network.Build(batch).Objective.Backprop(new BackpropOptions { WithRespectTo = [moved], Selection = selection });
        _program = new LibTorchExecutor().Compile(program);
        _fields = [.. network.Examples.Data.Select(f => TorchTensor.Zeros([.. f.Batch(batch).Shape.Select(s => (long)s)]))];
        _target = TorchTensor.Zeros([batch], TorchDtype.Int64);
    }

    /// <summary>Images at once.</summary>
    public int Batch { get; }

    /// <summary>Replaces images by attacked ones.</summary>
    /// <param name="parameters">Those of the network.</param>
    /// <param name="images">[batch, C, H, W], from 0 to 1; overwritten.</param>
    /// <param name="classes">The class of each.</param>
    /// <param name="steps">How the attack goes.</param>
    public abstract void Run(ParameterSet parameters, Span<float> images, ReadOnlySpan<long> classes, AttackSteps steps);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the program and its inputs.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _program.Dispose();
            _target.Dispose();
            foreach (var field in _fields)
            {
                field.Dispose();
            }
        }
    }

    /// <summary>The memory of a field of data.</summary>
    private protected Span<float> Field(int field) => _fields[field].AsSpan<float>();

    private protected void Aim(ReadOnlySpan<long> classes) => classes.CopyTo(_target.AsSpan<long>());

    /// <summary>The gradient at the fields as they are; valid until the next one.</summary>
    private protected unsafe ReadOnlySpan<float> Gradient(ParameterSet parameters)
    {
        _program.Run([.. _fields, _target, .. parameters.Tensors]);
        return new ReadOnlySpan<float>((float*)_program.OutputPointer(1), Field(0).Length);
    }

    private protected static float Sign(float gradient) => gradient > 0 ? 1 : gradient < 0 ? -1 : 0;
}
