using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Gradients;

/// <summary>One backprop of a program, compiled in one format: run it at many inputs.</summary>
public sealed class GradientRunner : IDisposable
{
    private readonly CompiledProgram _compiled;

    /// <summary>Differentiates and compiles.</summary>
    /// <param name="objective">The scalar program.</param>
    /// <param name="parameters">The inputs that the gradient is taken for.</param>
    /// <param name="selection">What holds at kinks.</param>
    /// <param name="precision">The format.</param>
    /// <param name="device">Where it runs; the processor by default.</param>
    public GradientRunner(Program objective, IReadOnlyList<string> parameters, Selection selection, Precision precision, Device device = default)
        : this(Of(objective, parameters, selection), precision, device)
    {
    }

    /// <summary>Compiles a gradient program: the loss first, then the gradient of every parameter.</summary>
    public GradientRunner(Program gradient, Precision precision, Device device = default)
    {
        Precision = precision;
        _compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision, Device = device }).Compile(gradient);
    }

    /// <summary>The format.</summary>
    public Precision Precision { get; }

    /// <summary>Where it runs.</summary>
    public Device Device => _compiled.Device;

    /// <summary>The program as it runs.</summary>
    public Program Program => _compiled.Program;

    /// <summary>Called after each node with its results, if set.</summary>
    public Action<Node, CompiledProgram>? Observer
    {
        get => _compiled.Observer;
        set => _compiled.Observer = value;
    }

    /// <summary>The gradient at some inputs.</summary>
    public Gradient Run(IReadOnlyList<TorchTensor> inputs)
    {
        _compiled.Run([.. inputs]);
        double loss = _compiled.OutputScalar(0);
        var tensors = new double[Program.Outputs.Count - 1][];
        for (int i = 0; i < tensors.Length; i++)
        {
            using var value = _compiled.Peek(Program.Outputs[i + 1].Value);
            using var wide = value.To(TorchDtype.Float64);
            tensors[i] = wide.ToArray<double>();
        }

        return new Gradient(loss, tensors);
    }

    /// <summary>Runs it for its observer alone.</summary>
    internal void RunOnly(IReadOnlyList<TorchTensor> inputs) => _compiled.Run([.. inputs]);

    /// <summary>The backprop of a scalar program: its value, then a gradient a parameter.</summary>
    public static Program Of(Program objective, IReadOnlyList<string> parameters, Selection selection) =>
        objective.Backprop(new BackpropOptions { WithRespectTo = parameters, Selection = selection });

    /// <inheritdoc/>
    public void Dispose() => _compiled.Dispose();
}
